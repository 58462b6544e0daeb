"""Page objects: acts and facts in the words of the screens; locators stay inside."""
