"""Template tags of the house; built in, so that no template loads them."""

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from apps.core import markdown as house_markdown
from apps.core.contributions import NavEntry, Panel, contributed
from apps.core.navigation import navigation as navigation_of
from apps.core.permissions import allowed as rules_allow
from apps.core.texts import kept_together

register = template.Library()
register.filter(kept_together)


@register.simple_tag(takes_context=True)
def allowed(context: template.RequestContext, permission: str, subject: object) -> bool:
    """Say whether the page's actor may: `{% allowed "notes.record" workshop as may_record %}`."""
    return rules_allow(context.get("actor"), permission, subject)


@register.filter
def markdown(text: str) -> SafeString:
    """Show Markdown as safe HTML."""
    return mark_safe(house_markdown.to_html(text or ""))  # noqa: S308 - cleaned by nh3


@register.simple_tag
def panels(place: str, **subject: Any) -> list[Any]:
    """Return what the apps contribute at `place`: `{% panels "navigation" actor=actor as x %}`."""
    return contributed(place, **subject)


@register.simple_tag
def navigation(actor: object) -> list[NavEntry]:
    """Return the ways through the workshop of `actor`: `{% navigation actor as entries %}`."""
    return navigation_of(actor)


@register.simple_tag(takes_context=True)
def panel(context: template.RequestContext, part: Panel) -> SafeString:
    """Render a panel within the page, its context added to the page's: `{% panel part %}`."""
    with context.push(**part.context):
        return template.Engine.get_default().get_template(part.template).render(context)
