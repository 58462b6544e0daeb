"""Recovery of access (восстановление доступа): by phone or e-mail, or through support."""
