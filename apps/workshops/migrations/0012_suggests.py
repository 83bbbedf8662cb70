from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workshops', '0011_as_others_tell_them'),
    ]

    operations = [
        migrations.AddField(
            model_name='workshop',
            name='suggests',
            field=models.BooleanField(default=True),
        ),
    ]
