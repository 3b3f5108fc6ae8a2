"""The attributes that can be filtered by; clauses on others are left out of the query."""

from django_scim.filters import GroupFilterQuery, UserFilterQuery


class UserFilter(UserFilterQuery):
    attr_map = {**UserFilterQuery.attr_map, ("id", None, None): "scim_id"}


class GroupFilter(GroupFilterQuery):
    attr_map = {("displayName", None, None): "name", ("id", None, None): "scim_id"}
