"""What the pages say in another language where they say this in English, read from the locale files."""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

from fluent.syntax import ast, parse

LOCALES = Path(__file__).parents[2] / "frontend" / "locales"

Forms = dict[tuple[str, ...], str]
"""Sentences by the variants they take, `()` where there are none; values stand in them as `{name}`."""


@cache
def sentences(language: str) -> dict[str, str]:
    """From each English sentence to that of `language`: where places differ the usual, else the first."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    others = _messages(language)
    for name, forms in _messages("en").items():
        for variant, english in forms.items():
            there = others.get(name, forms)
            found[english][there.get(variant) or there[next(reversed(there))]] += 1
    return {english: there.most_common(1)[0][0] for english, there in found.items()}


def _messages(language: str) -> dict[str, Forms]:
    found: dict[str, Forms] = {}
    for file in [LOCALES / f"{language}.ftl", *sorted(LOCALES.glob(f"{language}.*.ftl"))]:
        for entry in parse(file.read_text("utf-8")).body:
            if isinstance(entry, ast.Message) and entry.value is not None:
                found[entry.id.name] = _forms(entry.value)
    return found


def _forms(pattern: ast.Pattern) -> Forms:
    forms: Forms = {(): ""}
    for element in pattern.elements:
        parts = {(): element.value} if isinstance(element, ast.TextElement) else _placed(element.expression)
        forms = {
            (*before, *after): text + part for before, text in forms.items() for after, part in parts.items()
        }
    return forms


def _placed(expression: object) -> Forms:
    match expression:
        case ast.SelectExpression():
            return {
                (_key(variant), *inner): text
                for variant in expression.variants
                for inner, text in _forms(variant.value).items()
            }
        case ast.VariableReference():
            return {(): f"{{{expression.id.name}}}"}
        case ast.FunctionReference():
            return _placed(expression.arguments.positional[0])
        case _:
            raise TypeError("a placeable of a kind that no locale file has")


def _key(variant: ast.Variant) -> str:
    key = variant.key
    return key.value if isinstance(key, ast.NumberLiteral) else key.name
