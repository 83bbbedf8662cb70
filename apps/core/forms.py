"""How forms look: every field by one template, every error where it was made."""

from django.forms.renderers import TemplatesSetting


class HouseRenderer(TemplatesSetting):
    """Render forms with the project's own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
