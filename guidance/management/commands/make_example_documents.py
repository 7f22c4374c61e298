"""Set the files of the example documents anew, after their texts have changed."""

from django.core.management.base import BaseCommand

from guidance.example_documents import make_files


class Command(BaseCommand):
    help = "Set the PDF files in guidance/data/documents/ anew. For developers."

    def handle(self, **options):
        make_files()
