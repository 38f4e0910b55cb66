"""Translate texts of the window that are not made in a QObject's method, and choose the window's language."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from clipdesk.resources import resource_path

#: The languages of the window by their codes, as their speakers call them.
LANGUAGES = {"en": "English", "ko": "한국어"}
SYSTEM = "system"


def tr(text: str, comment: str = "", n: int = -1) -> str:
    """Return a text in the language of the window. For methods of QObjects there is `self.tr`.

    Texts with a number go through this function everywhere: `tr("%Ln picture(s)", "", count)` has a form for one and a
    form for many, with the digits grouped. `self.tr` would miss these forms in instances of subclasses: it looks in the
    subclass first, where Qt replaces `%Ln` even without a translation, and takes that for a translation.

    `pyside6-lupdate` finds literal texts only: no variables, no f-strings, nothing inside an f-string. Put values in by
    `.format(name=value)`. `comment` tells apart texts that are equal in English.
    """
    return QCoreApplication.translate("", text, comment, n)


def percent_suffix() -> str:
    """Return what follows a percentage in a field: “ %”, or “%” where that is the custom."""
    return tr("{percent} %").format(percent="")


def system_language() -> str:
    """Return the code of the first language of the system that the window speaks, or of English."""
    for name in QLocale.system().uiLanguages():
        code = QLocale.languageToCode(QLocale(name).language())
        if code in LANGUAGES:
            return code
    return "en"


def install_language(app: QCoreApplication, choice: str = SYSTEM) -> None:
    """Show all texts that are made from now on in the language with this code, or in that of the system.

    Numbers and dates follow the system as long as that has the same language.
    """
    system, language = QLocale.system(), language_of(choice)
    app.setProperty(_PROPERTY, language)
    follows_system = choice not in LANGUAGES or QLocale.languageToCode(system.language()) == language
    # A system without a language (“C”) would not even group digits.
    follows_system &= system.language() != QLocale.Language.C
    QLocale.setDefault(system if follows_system else QLocale(language))
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    # The texts of Qt itself, such as those of its buttons, first: the last installed translator is asked first.
    for file in (qt / f"qtbase_{language}.qm", resource_path(f"translations/clipdesk_{language}.qm")):
        translator = QTranslator(app)
        translator.setObjectName(_NAME)
        if translator.load(str(file)):
            app.installTranslator(translator)


def installed_language(app: QCoreApplication) -> str:
    """Return the code of the language of the window."""
    return str(app.property(_PROPERTY) or "en")


def language_of(choice: str) -> str:
    """Return the code of the language that `install_language` takes for this choice."""
    return choice if choice in LANGUAGES else system_language()


_NAME = "language"
_PROPERTY = "clipdesk_language"
