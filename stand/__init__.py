"""Around the product: building the front end, starting stands, pictures. Not part of the cabinet."""
