"""Users and groups with what SCIM needs of them."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django_scim.models import AbstractSCIMGroupMixin, AbstractSCIMUserMixin


def new_id():
    return str(uuid.uuid4())


class Group(AbstractSCIMGroupMixin):
    scim_id = models.CharField(max_length=254, unique=True, default=new_id)
    name = models.CharField(max_length=200, unique=True)


class User(AbstractSCIMUserMixin, AbstractUser):
    scim_id = models.CharField(max_length=254, unique=True, default=new_id)
    scim_groups = models.ManyToManyField(Group, related_name="user_set")
