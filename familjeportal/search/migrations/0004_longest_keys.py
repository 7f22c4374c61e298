from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0003_count_outcomes'),
    ]

    operations = [
        migrations.AlterField(
            model_name='searchentry',
            name='key',
            field=models.CharField(max_length=140),
        ),
        migrations.AlterField(
            model_name='searchterm',
            name='term',
            field=models.CharField(max_length=61),
        ),
    ]
