"""Who supported a claim supported that wording: another one begins without support."""

from django.db import migrations

FORWARD = """
-- Signs and capitals may be mended: who supports a claim supports its words.
CREATE FUNCTION annotations_support_is_of_the_wording() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF lower(regexp_replace(NEW.claim, '[[:space:][:punct:]]+', '', 'g'))
     <> lower(regexp_replace(OLD.claim, '[[:space:][:punct:]]+', '', 'g'))
  THEN
    DELETE FROM annotations_annotationsupport WHERE annotation_id = NEW.id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER annotations_support_is_of_the_wording AFTER UPDATE OF claim
ON annotations_annotation FOR EACH ROW WHEN (NEW.claim <> OLD.claim)
EXECUTE FUNCTION annotations_support_is_of_the_wording();
"""
BACKWARD = """
DROP TRIGGER annotations_support_is_of_the_wording ON annotations_annotation;
DROP FUNCTION annotations_support_is_of_the_wording();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('annotations', '0007_supporting_findings'),
    ]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
