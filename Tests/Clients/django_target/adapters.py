"""How attributes map to columns: what django-scim2 leaves to the application."""

from django_scim.adapters import SCIMGroup, SCIMUser


class User(SCIMUser):
    def from_dict(self, d):
        super().from_dict(d)
        self.obj.scim_username = self.obj.username
        self.obj.scim_external_id = d.get("externalId")


class Group(SCIMGroup):
    def from_dict(self, d):
        super().from_dict(d)
        self.obj.name = self.obj.scim_display_name = d.get("displayName")
