import pytest


@pytest.fixture(autouse=True)
def own_shelf(settings, tmp_path):
    """Sheets are kept in a folder of the test's own."""
    settings.VAR_DIR = tmp_path
    settings.PUBLIC_URL = "https://familj.example"
    return tmp_path / "printed"


@pytest.fixture
def set_sheets(monkeypatch):
    """The documents that were set, without the work of setting them."""
    documents = []

    def typeset(html, *, scale=1):
        documents.append(html)
        return f"%PDF-1.7 {len(documents)}".encode()

    monkeypatch.setattr("guidance.printed.editions.typeset", typeset)
    return documents
