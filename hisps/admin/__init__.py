"""The registry in the admin, and the people: who exists, under which names, and who reports or reviews.

Nothing is deleted here: what ends gets a last day, and a person who leaves is no longer active.
"""

from hisps.admin.people import MembershipAdmin, PeopleAdmin
from hisps.admin.registry import DepartmentAdmin, DesignationAdmin, HispAdmin, ServiceAdmin, TouchpointAdmin

__all__ = [
    "DepartmentAdmin",
    "DesignationAdmin",
    "HispAdmin",
    "MembershipAdmin",
    "PeopleAdmin",
    "ServiceAdmin",
    "TouchpointAdmin",
]
