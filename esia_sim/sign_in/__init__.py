"""Ways to sign in, one file each, and the steps that they share."""
