<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name></name>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>%Ln label(s) deleted.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>%Ln example(s) of “{label}” added.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/document_commands.py"/>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>%Ln label(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>%Ln sidecar(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>“{name}” was left alone, because {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>%Ln sidecar(s) were left alone, the first, “{name}”, because {reason}.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/opening.py"/>
        <source>No program on this computer opens “{file}” for ClipDesk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/opening.py"/>
        <source>No file manager on this computer shows “{file}” for ClipDesk.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/opening.py"/>
        <source>On Linux, install the package xdg-utils.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/problems.py"/>
        <source>Details…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{size} sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>the server asks us to wait {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>no answer, trying again in {seconds} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{count} at once</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Learned from {pictures}: %Ln other label(s) have changed.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>%Ln other label(s) would change, as learned from {pictures}. A short check tells if that is better.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>%Ln answer(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>As typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No pictures are scored yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Both label all {pictures} alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{percent} % the same</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{share} · {differing} of {total} differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{b} is right in {right_b} of {decided}. That is very unlikely to be chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{a} is right in {right_a} of {decided}. That is very unlikely to be chance.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No clear difference: {a} is right in {right_a} and {b} in {right_b} of {decided}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>All judged: {a} is right in {right_a}, {b} in {right_b}, neither in {neither}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No difference yet: neither was right so far.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No difference yet; about %Ln more answer(s) would tell.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No difference yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Hint: both sort the pictures into equally clear groups. Judge some to find out more.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Hint: {wording} sorts the pictures into clearer groups. Judge some to be sure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{wordings} cannot be told apart on these pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Best: {wordings}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>then {wordings}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{wordings} cannot be told apart.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{others} and {last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>{answers} · {pictures} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Count the %Ln picture(s) I labelled before</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>CSV, for spreadsheets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Table for spreadsheets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>JSON Lines, for programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>JSON Lines</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Keywords in XMP sidecars, for photo programs</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Hugging Face ImageFolder, for training</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Embeddings for numpy (.npz)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Arrays of numpy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Embeddings as Parquet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/formats.py"/>
        <source>Parquet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/number_texts.py"/>
        <location filename="../../clipdesk/gui/kit/translation.py"/>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Similarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Sim.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Prob.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Show how well each label fits the picture (cosine similarity)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Show how likely each label is compared with the others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Show the pictures in a table (Ctrl+T)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/value_switch.py"/>
        <source>Show the pictures as a gallery (Ctrl+T)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/kit/words.py"/>
        <source>%Ln picture(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/words.py"/>
        <source>The file no longer exists. Its earlier scores are shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/drop_zones.py"/>
        <source>Use as example(s) of {label}</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/drop_zones.py"/>
        <source>Use as example(s)|As example(s)|Example(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/drop_zones.py"/>
        <source>Correct to {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Delete %Ln label(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>%Ln label(s) already exist.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/loading/picture_loader.py"/>
        <source>There is not enough memory to show this picture.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/loading/picture_loader.py"/>
        <source>This picture cannot be shown.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>{width} × {height} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Format</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>{format}, {colours}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Taken</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Camera</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/facts_grid.py"/>
        <source>Modified</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>{name}: {probability} % · cosine similarity {cosine}. The similarity says how well picture and label match, from −1 to 1. The probability compares it with the other labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>Pictures resemble example pictures more than words. So that this label does not outweigh the others, its similarity is first put on their scale.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>{name}: cosine similarity {cosine}. It says how well picture and label match, from −1 to 1. The bar compares it with the other pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>none of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>not labelled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>{name}: {count} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>file is gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>Waiting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <source>Ranked by similarity to {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>None of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Not labelled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/captions.py"/>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>No labels yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>No picture looked at yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{pictures} looked at. The automatic label was right for {right}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{count} unsure, taken as wrong.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>All {pictures} looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>About {wrong} of {total} wrong ({range})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>There is nothing left to look at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>That is enough: at most {percent} of the others are wrong, as far as this sample can tell.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>Not enough yet to say that at most {share} are wrong. Next look after {count} answers.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>The most doubtful pictures come first: wrong labels are found fastest, but the rest is not estimated.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{pictures} got another label since this round began. The figures are about the labels as they were.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/words.py"/>
        <source>{pictures} not in this round.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>removal of {pictures}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>sorting of {pictures}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>label of {pictures}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>change of the threshold</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>change of labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>new label “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>%Ln new label(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>deletion of “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>deletion of %Ln label(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>order of the labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>change of templates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>renaming of “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>change of “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>Unsure · {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>{label} · by you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>{label} · confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>{label} · learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/verdict.py"/>
        <source>With one label, pictures are ranked by similarity. Add a counter-label such as “something else” to get percentages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>with %Ln companion(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>any</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>%Ln file(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>%Ln folder(s)</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Copy {pictures} into {folders}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Move {pictures} into {folders}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Link {pictures} into {folders}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} copied.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} moved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} linked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} copied into {folders}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} moved into {folders}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} linked into {folders}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>“{folder}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Copying</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Moving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Linking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} left alone: {name} ({reason})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>{files} left alone, the first one because of: {name} ({reason})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Its label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>None of the labels fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Chosen by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Belongs to its picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Its label has no folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Not probable enough</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Margin too small</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Left out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Already in that folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>The same picture is there already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Belongs to several pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Changed since it was labelled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>No longer there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Access refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>Failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln other picture(s) have another label because of that.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln other label(s) would change. Whether for the better is not certain yet: a short check decides.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Another check is worthwhile after %Ln more example(s).</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln example(s) from you.</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>More would change little.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>{count} more would help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;New desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Begin with an empty desk; this one is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open des&amp;k…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open a desk that was saved as a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Sa&amp;ve desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Keep this desk as a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save &amp;desk as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save labels, corrections and the list of pictures as a file; changes are saved in it from then on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add &amp;folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add all pictures in a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add &amp;pictures…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add individual pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>C&amp;ontinue with the last desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open the pictures, labels and model of the last time again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Look for &amp;changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Look for new, changed and missing pictures in the open folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Try the &amp;samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open the pictures that come with ClipDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open &amp;labels…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Load labels from a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save la&amp;bels…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save these labels to a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Save scores, keywords for photo programs, or embeddings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>S&amp;ort into folders…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Put the pictures into folders by their labels, after a look at the plan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Close ClipDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Copy the selected pictures, as files and as paths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Paste pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add pictures copied in another program</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Select &amp;all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Select all pictures shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Remove from the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Remove the selected pictures from the list; files stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Sortin&amp;g history…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>See past sorts, and take them back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Remove a&amp;ll pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Empty the list; files stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show only some of the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>S&amp;how all pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Clear the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Pre&amp;ferences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Appearance, device, storage</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Label &amp;now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Label all waiting pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Pause labelling</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Stop; finished scores are kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Read &amp;unreadable pictures again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Try pictures with errors again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Type a label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Go to the field for a new label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Paste la&amp;bels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Add each line of the copied text as a label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Re&amp;view…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Look at pictures one by one, and learn how many labels are wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>T&amp;emplates…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>The words around every label, such as “a photo of a …”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Co&amp;mpare wordings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Find out which words find your pictures better</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Use what was lea&amp;rned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Let your corrections improve the labels of the other pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>C&amp;heck what was learned…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Say of a few pictures which of two labels is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Models…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Choose, download and delete models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Ser&amp;ver settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Address, key and connection test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Quick look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show a large preview</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Open in the system&apos;s image viewer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Reveal in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show the file in its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Copy &amp;path</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Copy the file&apos;s path as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Use as &amp;label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Find pictures that look like this one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show or hide the labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show or hide the inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Fol&amp;ders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show or hide the folders for sorting by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show the pictures as a gallery, or in a table</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Group by la&amp;bel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Group the gallery by label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>C&amp;ollapse all groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show only the headings of the gallery&apos;s groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Expand all groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show the pictures of all groups</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Larger thumbnails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Larger pictures in the table or gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Smaller thumbnails</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Smaller pictures in the table or gallery</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Similarit&amp;y in the columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Show how well each label fits the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Full screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Use the whole screen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;First steps…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>How to label pictures, in five steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Keys…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>All keys of the window, and how to change them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;About ClipDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Version and licences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Label {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Give the pictures this label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Other label…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Choose a label by its first letters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;None of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>No label fits these pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Mark the label as a guess</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Confirm the label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>The proposed label is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Back to &amp;automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Forget what you said</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Go on after each label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Move to the next picture after each answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Like the &amp;system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Recent folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>Recen&amp;t desks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>M&amp;odel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Where to run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>So&amp;rt by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Selected label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Give the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/actions.py"/>
        <source>&amp;Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>{number} a minute</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>{number} a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>almost done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>{seconds} s left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>about {minutes} min left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>about {hours} h left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/key_bindings.py"/>
        <source>This key cannot be used.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/key_bindings.py"/>
        <source>“{key}” is used to move, to look at pictures, or to close. Choose another key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/key_bindings.py"/>
        <source>“{key}” is the key of “{action}”. Give that another key first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>%Ln picture(s) selected</source>
        <translation type="unfinished">
            <numerusform></numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AboutDialog</name>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>About ClipDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Version {version}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Sorts pictures by the words you type, on your own computer.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Free and open source, under the MIT licence.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Copy these versions for a report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/about_dialog.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AccuracyPage</name>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Wordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>90 % range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Wording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>What is labelled as what</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Pictures of this cell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Label some pictures by hand first: then you see here how often each wording is right.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>About the {pictures} that you labelled by hand.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Most of them are mistakes of {name}, so {name} looks worse here than it is.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>{right} of {reviewed}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Down: what the pictures are. Across: what {wording} says.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Recall</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>None of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/accuracy_page.py"/>
        <source>Precision</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AgreementBar</name>
    <message>
        <location filename="../../clipdesk/gui/compare/agreement_bar.py"/>
        <source>Agreement</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AloneNote</name>
    <message>
        <location filename="../../clipdesk/gui/labels/alone_note.py"/>
        <source>something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/alone_note.py"/>
        <source>With one label, pictures are ranked by similarity. Add a counter-label such as “{label}” to get percentages.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/alone_note.py"/>
        <source>Add “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>AnswerButton</name>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>No question</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/key_list.py"/>
        <source>, your answer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Cells</name>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{label}: probability {probability}, similarity {similarity}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>none of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Probably no label fits: {percent}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>You said that no label fits</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>You chose this label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>No scores yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Not labelled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{label}: similarity {similarity}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>You confirmed this label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Learned from your corrections.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Unsure: less than {percent}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>You marked it as unsure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{name} (the file is gone)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Sim.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Prob.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Similarity</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>Best three</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{label}: how likely this label is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>{label}: how similar the picture is to the label (cosine similarity)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>The picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>The file&apos;s name and folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>The label that fits best</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>How likely the label is</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>How much more likely the label is than the next best one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/cells.py"/>
        <source>The three labels that fit best. A click on the arrow shows or hides a column for each label</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckDialog</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>Which label is right?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>&amp;Neither, or I can’t tell</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>&amp;Back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>Keys: 1 and 2 choose a label, 0 neither of them, Backspace goes back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>{number} of at most {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>Learning helps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>The words stay, until there are more examples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>The learned label was right {new} times, the other one {old} times, neither {neither} times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>What was learned is used from now on. You can switch it off at any time.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>That does not show that the learned labels are better. Nothing changes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_dialog.py"/>
        <source>The labels that you chose here are kept as yours.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CheckPicture</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_picture.py"/>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/check_picture.py"/>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>The model does not know “{words}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>Too long: the model reads only the beginning.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>The new wording of “{label}” is in place.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>“{model}” runs on a server: choose it under Label → Where to run.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/compare_commands.py"/>
        <source>Model changed to {model}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CompareDialog</name>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Compare wordings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Earlier…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Open an earlier comparison again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Judge</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>See one picture at a time, and say which label is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Type other words for the label at the left.
You will see at once which pictures would get another label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Differences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>By label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Accuracy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>{a} and {b}: {finding}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Differences {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Use {wording}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Replace A by {wording}. You can undo that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Add a second label first: one label alone gets all pictures.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>What else could “{label}” be called?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <source>Scoring…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ConsentDialog</name>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Before anything is sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>the words of your labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source> and </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Send {what} to {hosts}?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Send {what} to this server?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Send {what} to these servers?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>About {size} will be sent: a small copy of each picture, and the words of your labels. File names, dates, places and all other metadata are removed. Your files are not changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>All pictures were sent to this server before. They are not sent again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>The connection is not encrypted: others on the network can see what is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>The connection to {hosts} is not encrypted: others on the network can see what is sent.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Don&apos;t ask again for this host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Don&apos;t ask again for these hosts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Don&apos;t send</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/consent_dialog.py"/>
        <source>Send</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <location filename="../../clipdesk/gui/kit/copy_button.py"/>
        <source>Copied</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DeskCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Choose a folder of pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Choose pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>All files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Copy pictures or a folder in your file manager first, then paste.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>{pictures} removed from the list. The files stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Clear this list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>“{label}” deleted.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>none of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>You had chosen “{label}” already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>{pictures} corrected to “{label}”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Copy a list of names first, one per line, then paste.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Open labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Label sets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Save labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Label set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>One label per line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>Labels saved as {file}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DifferencesPage</name>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>What changes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>Pictures that differ</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>Both label all pictures alike.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>Nothing to compare yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/differences_page.py"/>
        <source>All differences</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DocumentCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/document_commands.py"/>
        <source>Continue: {desk}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>DropZone</name>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Drop a folder of pictures here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Continue with the last pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Choose folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Try the samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Pictures stay where they are. Small copies of them are sent to {server}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/drop_zone.py"/>
        <source>Pictures stay where they are. Nothing leaves this computer.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>EntryPreview</name>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>Enter adds 1 label: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>{names} and {count} more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>Enter adds {count} labels: {names}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>Enter adds “{name}” with the prompt: {prompt}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/entry_preview.py"/>
        <source>Enter adds “{name}” with the prompts: {prompts}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ErrorDialog</name>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExceptionReporter</name>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Your pictures are unchanged, and you can go on. If ClipDesk behaves strangely from now on, restart it; finished work is kept. A report helps us fix this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/kit/error_dialog.py"/>
        <source>Something went wrong in ClipDesk</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Choose a folder that contains all the pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Scores of {pictures} saved as {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Labels of {pictures} saved as {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Embeddings of {pictures} saved as {file}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Show file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Choose another location…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>The export failed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Writing the keywords of {pictures}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Writing keywords: {done} of {total} sidecars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>The sidecars of {pictures} have their keywords.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Earlier keywords were removed from {sidecars}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Stopped. The sidecars of {pictures} have their keywords.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Sidecars that were left alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>Details…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The {count} &amp;shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>&amp;All {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>For&amp;mat</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The first sidecars</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The first rows of the file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The pictures are on several disks. The file must lie in one folder around them all.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Writes metadata.csv into a folder that contains all the pictures. Load it with load_dataset(“imagefolder”, data_dir=…).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>There are no embeddings yet. Wait until pictures are labelled.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>The path of each picture with its embedding, and the model that made it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Write keywords</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Choose folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/export_dialog.py"/>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ExportPreview</name>
    <message>
        <location filename="../../clipdesk/gui/export/preview.py"/>
        <source>The first rows of the file</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FileCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Open a desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Pictures are being sorted. Wait until that is done, or cancel it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Save desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>{name} (copy)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>My desk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Desks of ClipDesk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>“{name}” is open in another window, so changes made here are not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>“{name}” is write-protected, so changes made here are not saved.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Save as…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Saved as “{name}”. Changes are saved there from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Clear this list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/file_commands.py"/>
        <source>Kept without a name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilesModel</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Where it went</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>taken back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>left where it was: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>left where it was</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <location filename="../../clipdesk/gui/results/filter_bar.py"/>
        <source>Size of the pictures (Ctrl+wheel)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_bar.py"/>
        <source>Size of the pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FilterButton</name>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Show only some labels, or only unsure, learned or corrected ones</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>All pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Sure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>None of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Not labelled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>By the words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Confirmed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Corrected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>Filter: {filters}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Finder</name>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>at least </source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>any probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>any %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Find</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Find by name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FirstStepsDialog</name>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>First steps</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Try the samples</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Add pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Drop a folder on the window, or choose one ({key}). The pictures stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Type labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>A word or two for each kind of picture: dog, cat, red car ({key}). ClipDesk gives each picture the label that fits best.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Look through the results</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Click a column to sort by it, and a label to see its pictures only. {key} shows one large.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Improve them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Describe a label in other words, or drop a picture on it as an example. A larger model knows more ({key}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/first_steps_dialog.py"/>
        <source>Save all scores as a table for a spreadsheet or a program ({key}).</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FoldersForm</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_form.py"/>
        <source>Folders of the labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_form.py"/>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_form.py"/>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_form.py"/>
        <source>Click to rename the folder</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FoldersList</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_list.py"/>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>FoldersPanel</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>The pictures go into the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>The originals stay where they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>New…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>A folder that is made when the first picture goes there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>New folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Add…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>A folder that exists already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Add a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Add pictures to the list first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>A new folder in {folder}:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Open in file manager</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Change key…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Remove from this panel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>{key} is used by a menu. Choose another key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Move {pictures} into “{folder}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Copy {pictures} into “{folder}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Drag pictures onto a folder to move them, or select some and press its key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Drag pictures onto a folder to copy them, or select some and press its key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Make a folder here. Then drag pictures onto it, or select some and press its key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Only pictures of the list can be sorted. Drop them on the middle of the window first.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>GroupDrops</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/drops.py"/>
        <source>Correct to {label}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Headings</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Select these pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Expand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Collapse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Collapse all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/headings.py"/>
        <source>Expand all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/histogram.py"/>
        <source>How probable the labels are</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>HistoryDialog</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Sorting history</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Past sorts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Files of this sort</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Nothing has been sorted yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Show folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Redo {files}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Undo {files}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Quick look (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Quick look</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Facts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Select a picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Select a single picture to see it here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>No preview</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Progress</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>{done} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Paused · {progress}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/job_bar.py"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JudgePage</name>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>↓  Neither</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Neither label is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>↑  Skip</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Ask again later</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>⌫  Take back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Take the last answer back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Also label the pictures with my answers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>The label that you choose becomes the label of the picture, by your hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Pictures that you corrected before do not count here: most of them are mistakes of {wording}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Type another wording first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Scoring…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>You have judged all pictures on which they differ.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judge_page.py"/>
        <source>Both wordings label all pictures alike, so there is nothing to judge.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>JudgedPicture</name>
    <message>
        <location filename="../../clipdesk/gui/compare/judged_picture.py"/>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/judged_picture.py"/>
        <source>Picture to judge</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>{action}: {keys}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Change the key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Press a key…</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>To change a key, click it and press another one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Reset all keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/keys_dialog.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelChips</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>All</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>none of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>not labelled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>+{count} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>Label {number}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>The labels of {pictures} confirmed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>Select the pictures first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>That is what you had said already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>{pictures} back to the automatic label.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>{pictures} marked as none of these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>{pictures} marked as unsure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/label_commands.py"/>
        <source>{pictures} labelled “{label}”.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelEditor</name>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Texts that the model compares pictures with, one per line. Several are averaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Reference pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Add picture…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Find pictures that look like an example</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Remove</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Compare wordings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Find out whether other words find your pictures better (Ctrl+K)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>No text, only the pictures below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Choose example pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/editor.py"/>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelPopup</name>
    <message>
        <location filename="../../clipdesk/gui/labels/label_popup.py"/>
        <source>Choose a label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/label_popup.py"/>
        <source>First letters of a label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/label_popup.py"/>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/label_popup.py"/>
        <source>No label has “{text}” in its name</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelRanges</name>
    <message>
        <location filename="../../clipdesk/gui/review/label_ranges.py"/>
        <source>Figures by label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/label_ranges.py"/>
        <source>{name}: right {right}, wrong {wrong}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/label_ranges.py"/>
        <source>right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/label_ranges.py"/>
        <source>still wrong</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelsList</name>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Prompts…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Show only “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Move up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Move down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Delete</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Other…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Automatic</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Orange</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Green</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Pink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Red</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Light blue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Olive</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Violet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Colour of the label</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelsModel</name>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>Key {key}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>The model does not know “{words}”, so do not rely on its scores.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>For labels in other languages than English, choose the model “Any language”.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>A prompt is too long for the model. Its end is ignored.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>A label needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelsPage</name>
    <message>
        <location filename="../../clipdesk/gui/compare/labels_page.py"/>
        <source>Pictures of each label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/labels_page.py"/>
        <source>Label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/labels_page.py"/>
        <source>Change</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LabelsPanel</name>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Type labels, press Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Separate labels with commas. Prompts follow an equals sign: dog=a puppy, asleep|a hound</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>New label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>What are you looking for?
For example: dog, cat, red car</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Make a new label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Templates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Open and save labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Label sets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Details of the selected label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>A label needs a name.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/panel.py"/>
        <source>Prompts of “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>LearningPanel</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Use what was learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Off: the words and examples of the labels alone decide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Short check…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Say which of two labels is right, without knowing which one was learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Right by words</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Right as learned</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Examples from you</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Correct or confirm the labels of some pictures. ClipDesk learns from them and labels the others anew, as soon as that is better than the words alone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Learned from {pictures}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Not used, because you have switched it off.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>No other label would change.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Not used yet: it is not certain to be better than the words alone. More examples will help.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Estimated from {pictures} that were reviewed in random order.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>In your check, the learned label was right {learned} times, the other one {words} times.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>{count} more help</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Inspector</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Learning</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>None of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Add to the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>{name} (read-only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/main_window.py"/>
        <source>Open this desk</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Choose a folder with open_clip_config.json and the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>ClipDesk needs a model, and there is none on this computer yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Download {title} ({size})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>The starter model only knows simple things. For real work, get a better one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>none yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Model: {model}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Choose a model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>From a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{model} (built in): simple things only, offline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>For real work, get {title}  ({size} download)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{title}  ({size} download)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Loading {model}…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>{model} on {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>Choose a model…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/model_commands.py"/>
        <source>The model could not be loaded</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ModelsDialog</name>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Search all open_clip models: ViT-L, SigLIP, convnext…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Search all models</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>On this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Speed here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Licence</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Delete download…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>From a folder…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Use a model from a folder with open_clip_config.json and the weights</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>{number} a second</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>In use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Built in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>No model&apos;s name contains these words.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Download and use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Delete download</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/models/models_dialog.py"/>
        <source>Delete {name} ({size}) from this computer? You can download it again.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NewsBar</name>
    <message>
        <location filename="../../clipdesk/gui/window/news_bar.py"/>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/news_bar.py"/>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NonePanel</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Find “none of these”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Mark the pictures that probably fit none of the labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Least probability of “none of these”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Learned from {judged} pictures that you judged, {none} of them as none of these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>Say of some pictures that none of the labels fits. From {least} judged pictures on, ClipDesk finds more of these. So far: {judged}, {none} of them as none of these.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>{low} to {high}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>{pictures}. About {right} of them fit no label ({right_range}). That is about {found} of all such pictures ({found_range}).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/none_panel.py"/>
        <source>No picture. Move the slider to the left to find more.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>NothingMatches</name>
    <message>
        <location filename="../../clipdesk/gui/results/nothing_matches.py"/>
        <source>No picture matches the filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/nothing_matches.py"/>
        <source>Show all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/picture_commands.py"/>
        <source>{pictures} removed from the list. The files stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PictureView</name>
    <message>
        <location filename="../../clipdesk/gui/picture/picture_view.py"/>
        <source>Loading…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/picture_view.py"/>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>Size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>with {name}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlanTree</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Plan</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PlanView</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>What happens</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Pictures that stay</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Why it stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Name clashes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Companions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>The name is taken: saved as {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Goes with {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Stays: {reason}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Sorted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Stays</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Clashes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>The pictures that will be sorted, by folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>The pictures that stay where they are, and why</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Pictures whose name is taken in their folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/plan_view.py"/>
        <source>Files that belong to a picture, such as sidecar files</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>PreferencesDialog</name>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Like the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Automatic (graphics card if there is one)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>CPU</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>CPU, full precision (fp32)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>CPU, faster but less exact (bf16)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>NVIDIA graphics card (CUDA)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>NVIDIA graphics card, full precision (fp32)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Apple graphics (MPS)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Also save the model&apos;s name and the prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Saved in a small .json file next to the scores, so that others can repeat them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Show RAW + JPEG pairs as one picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Folders that you labelled before open at once.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>&amp;Keep scores in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>At &amp;most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>&amp;Appearance</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Pictures whose best label is less probable than this are marked unsure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>&amp;Unsure below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>A change loads the model again. Finished scores are kept.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Compute &amp;on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>The JPEG stands for both. Applies to pictures that are added from now on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Camera &amp;raw</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/preferences_dialog.py"/>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ProbabilityField</name>
    <message>
        <location filename="../../clipdesk/gui/results/probability_field.py"/>
        <source>Show only pictures whose label is at least this probable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/probability_field.py"/>
        <source>Minimum probability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/probability_field.py"/>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QuickLook</name>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Previous picture (←)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Next picture (→)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Smaller (−)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Larger (+)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Whole picture (F)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Close (Space)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>{position} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Quick look: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>Unsure · {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/picture/quick_look.py"/>
        <source>{percent} %</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsGallery</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/view.py"/>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsHeader</name>
    <message>
        <location filename="../../clipdesk/gui/results/header.py"/>
        <source>A column for each label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/header.py"/>
        <source>Show all columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/header.py"/>
        <source>Reset order and widths</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/header.py"/>
        <source>Order added</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ResultsTable</name>
    <message>
        <location filename="../../clipdesk/gui/results/table.py"/>
        <source>Results</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>There is nothing to review yet. Add pictures and labels first, and wait for their labels.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>All pictures have been looked at.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>{position} of {total}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>“{label}” is right</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>{right} of {count}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/review_commands.py"/>
        <source>Answer some pictures to learn how many labels are wrong.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ReviewView</name>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Close the review (Esc)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Close the review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Fair sample</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Doubtful pictures come early, and the rest is estimated</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Doubtful first</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Finds wrong labels fastest, but estimates nothing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Begin a new round</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Wrong labels that are acceptable</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Review: {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Review</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Enough when at most</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>are wrong</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/review/review_view.py"/>
        <source>Label, keys and figures</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>RulesForm</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>All {pictures}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The {pictures} shown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The {pictures} selected</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Choose a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Choose…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Copy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The originals stay where they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The originals go into the folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Link</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>The folders show the originals and take no space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Hard links: a second name for each file, on the same disk</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Symbolic links: pointers, broken if the originals move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Keep subfolders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Repeat the subfolders of the pictures inside each target folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Skip pictures that are there already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Same name and same contents: the picture is not copied a second time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Take companions along</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Sidecar files (.xmp, .aae, .json …), RAW twins and the videos of Live Photos follow their picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>&amp;Pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>&amp;Into the folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>What happens to the files</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>&amp;Folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Sort only from pro&amp;bability</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Sort only from &amp;margin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/rules_form.py"/>
        <source>Choose the folder to sort into</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ScoreBars</name>
    <message>
        <location filename="../../clipdesk/gui/picture/score_bars.py"/>
        <source>Labels of this picture</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ServerCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>The key could not be stored in the keyring. It is used until ClipDesk closes.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Run on: {place}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>this computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Roboflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>local server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;This computer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;Roboflow hosted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;Local server (localhost:9001)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;Other address ({address})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>&amp;Other address…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>ClipDesk runs {model} on this computer meanwhile.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Continue</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Server settings…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/server_commands.py"/>
        <source>Run on this computer</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>ServerDialog</name>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Roboflow hosted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Local server (localhost:9001)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Other address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Where to run</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Where the key is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Looking for a keyring…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Keep the key in this system&apos;s keyring</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Format of the pictures that are sent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>PNG: exact pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>JPEG: a third of the size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Same weights as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>None</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Test connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Where</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Address</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Pictures as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>At &amp;once</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>The most requests at the same time. ClipDesk starts with two and adapts.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>&amp;Same as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>If the server runs the same model as this computer, scores computed by one count for both.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>the key you typed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>https://… or http://192.168.1.20:9001</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>For several servers, put spaces between the addresses.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>If empty: {origin}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>From your workspace&apos;s settings at Roboflow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Leave empty if the server needs no key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Forget the key when ClipDesk closes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>This system has no keyring, and a key is not safe in a file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Connecting…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Stopped.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Enter the address of the server.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/servers/server_dialog.py"/>
        <source>Enter only host and path. The key has its own field.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SidecarFields</name>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>ClipDesk finds its keywords by this one, and updates or removes them at the next export.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>x.xmp, as in Lightroom and Capture One</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>x.jpg.xmp, as in darktable and digiKam</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>Write &amp;unsure labels, too</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>Sidecars lie beside the pictures, which stay untouched. In existing ones, only the keywords below this one change. Lightroom reads sidecars for raw files only. For a JPEG, it reads the metadata in the file itself.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>Keyword above the &amp;labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/sidecar_fields.py"/>
        <source>Name of the &amp;sidecar of x.jpg</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SortDialog</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Sort into folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>None of these</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Choose the folder that the pictures are sorted into.
Nothing happens yet.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>Planning…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/sort_dialog.py"/>
        <source>{size} in all</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SortingCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Select pictures first, then press the folder&apos;s key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>“{folder}” does not exist yet. It is made when the first picture goes there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Stopped: the other files stay where they are.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Nothing was left to take back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>The pictures are in that folder already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>History…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Show folders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/sorting_commands.py"/>
        <source>Taking back</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SortsModel</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>When</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>Folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>{sort} Redone.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>{sort} {count} of them taken back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/history_dialog.py"/>
        <source>{sort} Taken back.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Type a label to begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Choose a model to begin</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Stopped: {pictures} not labelled yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Done. Add a second label to compare with</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Done</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Looking for pictures… {count} found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source> (and {count} more)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>No pictures found there. Try another folder.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>These pictures are already in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{pictures} added.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{pictures} changed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>{pictures} missing and marked in the list.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/status.py"/>
        <source>Labelling stopped</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StoreFields</name>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Change…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>The folder is set by the environment variable {name}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Clear… ({size})</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Clear…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Delete all kept scores and thumbnails. Pictures are computed again when needed.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Choose a folder to keep scores in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Delete all kept scores and thumbnails?</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>This frees {size}. Your pictures and labels stay. Pictures that you open later are computed again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/settings/store_fields.py"/>
        <source>The settings could not be saved: {reason}.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>SummaryLine</name>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>{shown} of {total} pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>ranked by similarity to {label}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>{count} unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>{count} can&apos;t be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/summary_line.py"/>
        <source>+{count} more</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TableFields</name>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>Add the &amp;file name without its folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>Add the &amp;probability of every label</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>Excel needs this to show letters such as é and 강, and to split the columns. Other programs read the file better without.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>For &amp;Excel only: semicolons, decimal commas, Unicode mark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/export/table_fields.py"/>
        <source>For &amp;Excel: mark the file as Unicode</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TeachingCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Check…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Unsure: “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>TemplatesEditor</name>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>Each prompt takes the place of {}. Several templates are averaged.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>Template presets</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>Custom</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>Templates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>dog</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/labels/templates_editor.py"/>
        <source>For example: “{prompt}”</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>Toolbar</name>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>Toolbar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>Add pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>Add a folder or individual pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>Label now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/window/toolbar.py"/>
        <source>{place}. Choose this computer or a server</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UndoStack</name>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>Undo {step}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>Redo {step}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnreadErrors</name>
    <message>
        <location filename="../../clipdesk/gui/commands/unread_errors.py"/>
        <source>{pictures} could not be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/unread_errors.py"/>
        <source>Show them</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>UnsurePanel</name>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Pictures whose label is less probable than this are marked unsure.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Unsure below</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Use the threshold of the preferences, like the other labels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Back to {percent}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>Below {threshold}: {unsure} of {pictures} unsure</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>({count} more than now)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/teaching/unsure_panel.py"/>
        <source>({count} fewer than now)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WindowCommands</name>
    <message>
        <location filename="../../clipdesk/gui/commands/window_commands.py"/>
        <source>Python</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/window_commands.py"/>
        <source>Qt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/commands/window_commands.py"/>
        <source>Model</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WordingCard</name>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Remove this wording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Type another wording, one per line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Such as: a photo of a {}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>as it is now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>other prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Wording {wording}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wording_card.py"/>
        <source>Remove wording {wording}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WordingScorer</name>
    <message>
        <location filename="../../clipdesk/gui/session/wording_scorer.py"/>
        <source>A label has no prompt that can be read.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/wording_scorer.py"/>
        <source>These words have not been sent to the server yet. Start labelling to allow that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/wording_scorer.py"/>
        <source>The model did not answer. Try again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/session/wording_scorer.py"/>
        <source>This model has no scores of these pictures. Choose it once, then compare.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>WordingsPanel</name>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Add wording</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>The same as {wording}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>{pictures} “{label}”</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Scoring…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Other &amp;prompts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Other &amp;templates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Try the &amp;ready templates</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>Another &amp;model</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/compare/wordings_panel.py"/>
        <source>No other model has scored these pictures yet</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_Chip</name>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>Show only: {group}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>Show all pictures</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/gallery/chips.py"/>
        <source>Show only “{label}”. Ctrl+click shows several labels</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_FolderDelegate</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_list.py"/>
        <source>{count} here · {folder}</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_KeyDialog</name>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Key of a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/sorting/folders_panel.py"/>
        <source>Press the key that sorts the selected pictures into “{folder}”:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>_SearchField</name>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Find by name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Show only pictures whose name or folder contains this text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <location filename="../../clipdesk/gui/results/finder.py"/>
        <source>Clear</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
