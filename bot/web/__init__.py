"""HTTP: the customer's page, health, figures."""
