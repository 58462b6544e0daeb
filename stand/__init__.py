"""Around the product: building the front end, starting stands, pictures. No part of it."""
