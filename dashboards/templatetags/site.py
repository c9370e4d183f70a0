"""Where this site is, for what is read elsewhere."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_url() -> str:
    return str(settings.SITE_URL)
