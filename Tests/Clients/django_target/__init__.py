"""A SCIM endpoint made with django-scim2, as its documentation tells."""
