from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0002_reach_terms_by_index_alone'),
    ]

    operations = [
        migrations.AlterField(
            model_name='searchcount',
            name='key',
            field=models.CharField(max_length=130),
        ),
        migrations.AlterField(
            model_name='searchcount',
            name='kind',
            field=models.CharField(choices=[('synonym', 'ord'), ('service', 'verksamhet'), ('topic', 'ämne'), ('urgent', 'brådskande'), ('outcome', 'besked i vägvisare')], max_length=10),
        ),
    ]
