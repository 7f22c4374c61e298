"""The form in which staff write a flow: a block for each question and outcome, no script needed.

Each save gives an empty question, outcome and answers to go on with. What stands in the form need
not be finished: what is missing is told beside the drawing.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from services.languages import Language
from services.models import Line, Service

from .models import FlowVersion, Guide, GuideVersion, SupportContact
from .pathways import Graph, GraphError, Outcome, Question, as_data, read
from .pathways.problems import place_of
from .pathways.reading import LONGEST_KEY, LONGEST_TEXT, MOST_ANSWERS, MOST_NODES

_PARENT, _STAFF = _("Till föräldern"), _("Till personalen")
EMPTY_ANSWERS = 2
SERVICES, LINES, GUIDES, CONTACTS = 3, 4, 3, 2


def _text(label, *, rows: int = 1) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows > 1 else forms.TextInput()
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=False, widget=widget)


class KeyForm(forms.Form):
    """Something with a key that stands in addresses: it is kept as the words change."""

    key = forms.CharField(max_length=LONGEST_KEY, required=False, widget=forms.HiddenInput)

    def words(self, name: str = "") -> dict[str, str]:
        prefix = f"{name}_" if name else ""
        return {voice: self.cleaned_data[prefix + voice] for voice in ("parent", "staff")}


class AnswerForm(KeyForm):
    parent = _text(_PARENT)
    staff = _text(_STAFF)
    to = forms.CharField(label=_("Leder till"), max_length=LONGEST_KEY, required=False)

    def __init__(self, *args, targets, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].widget = forms.Select(choices=targets)


class QuestionForm(KeyForm):
    parent = _text(_PARENT)
    staff = _text(_STAFF)
    hint_parent = _text(_("Mer till föräldern, om det behövs"), rows=2)
    hint_staff = _text(_("Mer till personalen, om det behövs"), rows=2)


class OutcomeForm(KeyForm):
    heading_parent = _text(_("Rubrik till föräldern"))
    heading_staff = _text(_("Rubrik till personalen"))
    advice_parent = _text(_("Råd till föräldern"), rows=4)
    advice_staff = _text(_("Råd till personalen"), rows=4)

    def __init__(self, *args, named, **kwargs):
        """`named`: for services, lines, supports and guides what can be chosen."""
        super().__init__(*args, **kwargs)
        for name, label, count in NAMED:
            for number in _to(count):
                self.fields[f"{name}{number}"] = forms.ChoiceField(
                    label=f"{label} {number}", choices=named[name], required=False
                )

    def names(self, name: str, count: int) -> list[str]:
        chosen = (self.cleaned_data[f"{name}{number}"] for number in _to(count))
        return list(dict.fromkeys(filter(None, chosen)))

    def all_chosen(self):
        return [self[f"{name}{number}"] for name, _l, most in NAMED for number in _to(most)]


def _to(most: int) -> range:
    return range(1, most + 1)


NAMED = (
    ("services", _("Verksamhet"), SERVICES),
    ("lines", _("Nummer"), LINES),
    ("contacts", _("Stöd utanför husen"), CONTACTS),
    ("guides", _("Råd att läsa"), GUIDES),
)
AnswerForms = forms.formset_factory(
    AnswerForm, extra=EMPTY_ANSWERS, can_delete=True, max_num=MOST_ANSWERS, absolute_max=50
)
QuestionForms = forms.formset_factory(
    QuestionForm, extra=1, can_delete=True, can_order=True, max_num=MOST_NODES, absolute_max=60
)
OutcomeForms = forms.formset_factory(
    OutcomeForm, extra=1, can_delete=True, max_num=MOST_NODES, absolute_max=60
)


class FlowForm(forms.ModelForm):
    """The words of a draft: its title and summary, and its questions and outcomes."""

    seen = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    class Meta:
        model = FlowVersion
        fields = ["title", "summary", "search_words"]
        widgets = {
            "summary": forms.Textarea({"rows": 2}),
            "search_words": forms.Textarea({"rows": 2}),
        }

    def __init__(self, data=None, *, version: FlowVersion, seen: str):
        super().__init__(data, instance=version, initial={"seen": seen})
        graph = version.as_graph()
        targets = [("", _now("– ingenstans än –")), *_targets(graph)]
        self.questions = QuestionForms(
            data, prefix="q", initial=[_of_question(q) for q in graph.questions]
        )
        for n, form in enumerate(self.questions.forms):
            answers = graph.questions[n].answers if n < len(graph.questions) else ()
            form.answers = AnswerForms(
                data,
                prefix=f"{form.prefix}-a",
                initial=[_of_answer(answer) for answer in answers],
                form_kwargs={"targets": targets},
            )
        self.outcomes = OutcomeForms(
            data,
            prefix="o",
            initial=[_of_outcome(outcome) for outcome in graph.outcomes],
            form_kwargs={"named": _can_be_named(graph)},
        )

    def clean(self):
        cleaned = super().clean()
        parts = [self.questions, self.outcomes, *(form.answers for form in self.questions.forms)]
        if [part for part in parts if not part.is_valid()]:  # each is asked
            raise ValidationError(_now("Något i frågorna gick inte att spara. Se texten i rött."))
        try:
            cleaned["graph"] = as_data(read(self._graph()))
        except GraphError as error:
            text = _now("Frågorna går inte att läsa: %(error)s") % {"error": error}
            raise ValidationError(text) from error
        return cleaned

    def words(self) -> dict:
        names = ("title", "summary", "search_words", "graph")
        return {name: self.cleaned_data[name] for name in names}

    def _graph(self) -> dict:
        taken = {form.cleaned_data.get("key") for form in (*self.questions, *self.outcomes)}
        return {
            "questions": [
                {
                    "key": _key(form, form.words(), taken),
                    "text": form.words(),
                    "hint": form.words("hint"),
                    "answers": _answers(form.answers),
                }
                for form in self.questions.ordered_forms
                if any(form.words().values())
            ],
            "outcomes": [
                {
                    "key": _key(form, form.words("heading"), taken),
                    "heading": form.words("heading"),
                    "advice": form.words("advice"),
                    **{name: form.names(name, count) for name, _label, count in NAMED},
                }
                for form in _kept(self.outcomes)
                if any((*form.words("heading").values(), *form.words("advice").values()))
            ],
        }


def _kept(forms_of_one_kind):
    deleted = forms_of_one_kind.deleted_forms
    return [form for form in forms_of_one_kind if form.cleaned_data and form not in deleted]


def _answers(answers) -> list[dict]:
    kept = [form for form in _kept(answers) if any(form.words().values())]
    taken = {form.cleaned_data["key"] for form in kept}
    return [
        {
            "key": _key(form, form.words(), taken),
            "text": form.words(),
            "to": form.cleaned_data["to"],
        }
        for form in kept
    ]


def _key(form: KeyForm, words: dict[str, str], taken: set[str]) -> str:
    """The key it has, else one made of its words that no other has."""
    if form.cleaned_data["key"]:
        return form.cleaned_data["key"]
    stem = slugify((words["parent"] or words["staff"])[:30]).replace("_", "-").strip("-") or "ny"
    tries = (f"{stem}-{number}" if number > 1 else stem for number in range(1, len(taken) + 3))
    key = next(one for one in tries if one not in taken)
    taken.add(key)
    return key


# --- What the form begins with -------------------------------------------------------------------
def _targets(graph: Graph) -> list[tuple[str, str]]:
    return [
        (node.key, f"{place_of(graph, node)}: {(_words_of(node).parent or node.key)[:60]}")
        for node in graph.all_nodes
    ]


def _words_of(node: Question | Outcome):
    return node.words if isinstance(node, Question) else node.heading


def _of_question(question: Question) -> dict:
    return {
        "key": question.key,
        "parent": question.words.parent,
        "staff": question.words.staff,
        "hint_parent": question.hint.parent,
        "hint_staff": question.hint.staff,
    }


def _of_answer(answer) -> dict:
    words = answer.words
    return {"key": answer.key, "parent": words.parent, "staff": words.staff, "to": answer.to}


def _of_outcome(outcome: Outcome) -> dict:
    chosen = {
        f"{name}{number}": value
        for name, _label, _count in NAMED
        for number, value in enumerate(getattr(outcome, name), 1)
    }
    return {
        "key": outcome.key,
        "heading_parent": outcome.heading.parent,
        "heading_staff": outcome.heading.staff,
        "advice_parent": outcome.advice.parent,
        "advice_staff": outcome.advice.staff,
        **chosen,
    }


def _guides() -> dict[str, str]:
    """Every guide by its latest Swedish title, in the order of titles; without words its slug."""
    swedish = GuideVersion.objects.filter(language=Language.SWEDISH).order_by("number")
    titles = dict(swedish.values_list("owner__slug", "title"))
    found = {
        slug: titles.get(slug) or slug for slug in Guide.objects.values_list("slug", flat=True)
    }
    return dict(sorted(found.items(), key=lambda guide: guide[1].casefold()))


def _can_be_named(graph: Graph) -> dict[str, list[tuple[str, str]]]:
    """What there is, and what the flow names already though it is gone."""
    lines = Line.objects.prefetch_related("texts")
    found = {
        "services": dict(Service.Kind.choices),
        "lines": {
            line.slug: f"{line.number} {line.text.name if line.text else ''}" for line in lines
        },
        "contacts": {contact.slug: str(contact) for contact in SupportContact.objects.with_texts()},
        "guides": _guides(),
    }
    for name, labels in found.items():
        for outcome in graph.outcomes:
            for value in getattr(outcome, name):
                labels.setdefault(value, value)
    return {name: [("", "–"), *labels.items()] for name, labels in found.items()}
