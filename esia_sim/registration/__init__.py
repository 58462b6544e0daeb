"""Registration (регистрация): eight steps, a letter, and an account that is checked in time."""
