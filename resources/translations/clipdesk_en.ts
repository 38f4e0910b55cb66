<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name></name>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>%Ln label(s) deleted.</source>
        <translation>
            <numerusform>%Ln label deleted.</numerusform>
            <numerusform>%Ln labels deleted.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/desk_commands.py"/>
        <source>%Ln example(s) of “{label}” added.</source>
        <translation>
            <numerusform>Example of “{label}” added.</numerusform>
            <numerusform>%Ln examples of “{label}” added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/document_commands.py"/>
        <location filename="../../clipdesk/gui/results/filter_menu.py"/>
        <source>%Ln label(s)</source>
        <translation>
            <numerusform>%Ln label</numerusform>
            <numerusform>%Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>%Ln sidecar(s)</source>
        <translation>
            <numerusform>%Ln sidecar</numerusform>
            <numerusform>%Ln sidecars</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/export_commands.py"/>
        <source>%Ln sidecar(s) were left alone, the first, “{name}”, because {reason}.</source>
        <translation>
            <numerusform>%Ln sidecar was left alone, the first, “{name}”, because {reason}.</numerusform>
            <numerusform>%Ln sidecars were left alone, the first, “{name}”, because {reason}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>Learned from {pictures}: %Ln other label(s) have changed.</source>
        <translation>
            <numerusform>Learned from {pictures}: %Ln other label has changed.</numerusform>
            <numerusform>Learned from {pictures}: %Ln other labels have changed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/teaching_commands.py"/>
        <source>%Ln other label(s) would change, as learned from {pictures}. A short check tells if that is better.</source>
        <translation>
            <numerusform>%Ln other label would change, as learned from {pictures}. A short check tells if that is better.</numerusform>
            <numerusform>%Ln other labels would change, as learned from {pictures}. A short check tells if that is better.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/compare_dialog.py"/>
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>%Ln answer(s)</source>
        <translation>
            <numerusform>%Ln answer</numerusform>
            <numerusform>%Ln answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>No difference yet; about %Ln more answer(s) would tell.</source>
        <translation>
            <numerusform>No difference yet; about %Ln more answer would tell.</numerusform>
            <numerusform>No difference yet; about %Ln more answers would tell.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/compare/words.py"/>
        <source>Count the %Ln picture(s) I labelled before</source>
        <translation>
            <numerusform>Count the picture I labelled before</numerusform>
            <numerusform>Count the %Ln pictures I labelled before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/kit/words.py"/>
        <source>%Ln picture(s)</source>
        <translation>
            <numerusform>%Ln picture</numerusform>
            <numerusform>%Ln pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/drop_zones.py"/>
        <source>Use as example(s) of {label}</source>
        <translation>
            <numerusform>Use as example of {label}</numerusform>
            <numerusform>Use as examples of {label}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/drop_zones.py"/>
        <source>Use as example(s)|As example(s)|Example(s)</source>
        <translation>
            <numerusform>Use as example|As example|Example</numerusform>
            <numerusform>Use as examples|As examples|Examples</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/list_view.py"/>
        <source>Delete %Ln label(s)</source>
        <translation>
            <numerusform>Delete %Ln label</numerusform>
            <numerusform>Delete %Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/labels/model.py"/>
        <source>%Ln label(s) already exist.</source>
        <translation>
            <numerusform>%Ln label already exist.</numerusform>
            <numerusform>%Ln labels already exist.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>%Ln new label(s)</source>
        <translation>
            <numerusform>%Ln new label</numerusform>
            <numerusform>%Ln new labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/session/undo.py"/>
        <source>deletion of %Ln label(s)</source>
        <translation>
            <numerusform>deletion of %Ln label</numerusform>
            <numerusform>deletion of %Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/plan_model.py"/>
        <source>with %Ln companion(s)</source>
        <translation>
            <numerusform>with %Ln companion</numerusform>
            <numerusform>with %Ln companions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/sorting/words.py"/>
        <source>%Ln folder(s)</source>
        <translation>
            <numerusform>%Ln folder</numerusform>
            <numerusform>%Ln folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln other picture(s) have another label because of that.</source>
        <translation>
            <numerusform>%Ln other picture has another label because of that.</numerusform>
            <numerusform>%Ln other pictures have another label because of that.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln other label(s) would change. Whether for the better is not certain yet: a short check decides.</source>
        <translation>
            <numerusform>%Ln other label would change. Whether for the better is not certain yet: a short check decides.</numerusform>
            <numerusform>%Ln other labels would change. Whether for the better is not certain yet: a short check decides.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>Another check is worthwhile after %Ln more example(s).</source>
        <translation>
            <numerusform>Another check is worthwhile after %Ln more example.</numerusform>
            <numerusform>Another check is worthwhile after %Ln more examples.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/teaching/learning_panel.py"/>
        <source>%Ln example(s) from you.</source>
        <translation>
            <numerusform>%Ln example from you.</numerusform>
            <numerusform>%Ln examples from you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/picture/inspector.py"/>
        <source>%Ln picture(s) selected</source>
        <translation>
            <numerusform>%Ln picture selected</numerusform>
            <numerusform>%Ln pictures selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/commands/group_commands.py"/>
        <source>%Ln label(s) made of groups.</source>
        <translation>
            <numerusform>%Ln label made of groups.</numerusform>
            <numerusform>%Ln labels made of groups.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/duplicates/words.py"/>
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>%Ln group(s)</source>
        <translation>
            <numerusform>%Ln group</numerusform>
            <numerusform>%Ln groups</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/groups/words.py"/>
        <source>To name the groups, send %Ln word(s) to {hosts} once.</source>
        <translation>
            <numerusform>To name the groups, send %Ln word to {hosts} once.</numerusform>
            <numerusform>To name the groups, send %Ln words to {hosts} once.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/gui/groups/groups_dialog.py"/>
        <source>%Ln new picture(s) since then.</source>
        <translation>
            <numerusform>%Ln new picture since then.</numerusform>
            <numerusform>%Ln new pictures since then.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>core</name>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} camera raw files</source>
        <comment>1 camera raw file</comment>
        <translation>
            <numerusform>1 camera raw file</numerusform>
            <numerusform>{count} camera raw files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} Photoshop templates</source>
        <comment>1 Photoshop template</comment>
        <translation>
            <numerusform>1 Photoshop template</numerusform>
            <numerusform>{count} Photoshop templates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} PostScript drawings</source>
        <comment>1 PostScript drawing</comment>
        <translation>
            <numerusform>1 PostScript drawing</numerusform>
            <numerusform>{count} PostScript drawings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} vector drawings</source>
        <comment>1 vector drawing</comment>
        <translation>
            <numerusform>1 vector drawing</numerusform>
            <numerusform>{count} vector drawings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} JPEG XL pictures</source>
        <comment>1 JPEG XL picture</comment>
        <translation>
            <numerusform>1 JPEG XL picture</numerusform>
            <numerusform>{count} JPEG XL pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} JPEG XR pictures</source>
        <comment>1 JPEG XR picture</comment>
        <translation>
            <numerusform>1 JPEG XR picture</numerusform>
            <numerusform>{count} JPEG XR pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} HDR pictures</source>
        <comment>1 HDR picture</comment>
        <translation>
            <numerusform>1 HDR picture</numerusform>
            <numerusform>{count} HDR pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} scientific images</source>
        <comment>1 scientific image</comment>
        <translation>
            <numerusform>1 scientific image</numerusform>
            <numerusform>{count} scientific images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} project files of drawing programs</source>
        <comment>1 project file of a drawing program</comment>
        <translation>
            <numerusform>1 project file of a drawing program</numerusform>
            <numerusform>{count} project files of drawing programs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{count} pictures in rare formats</source>
        <comment>1 picture in a rare format</comment>
        <translation>
            <numerusform>1 picture in a rare format</numerusform>
            <numerusform>{count} pictures in rare formats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/pictures/passed_over.py"/>
        <source>{kinds} were passed over.</source>
        <comment>{kinds} was passed over.</comment>
        <translation>
            <numerusform>{kinds} was passed over.</numerusform>
            <numerusform>{kinds} were passed over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/sorting/recovery.py"/>
        <source>The last undo in “{folder}” was interrupted after {count} files. They are complete, everything else is where it was. The undo can be undone.</source>
        <comment>The last undo in “{folder}” was interrupted after 1 file. It is complete, everything else is where it was. The undo can be undone.</comment>
        <translation>
            <numerusform>The last undo in “{folder}” was interrupted after 1 file. It is complete, everything else is where it was. The undo can be undone.</numerusform>
            <numerusform>The last undo in “{folder}” was interrupted after {count} files. They are complete, everything else is where it was. The undo can be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/core/sorting/recovery.py"/>
        <source>The last sort in “{folder}” was interrupted after {count} files. They are complete, everything else is where it was. The sort can be undone.</source>
        <comment>The last sort in “{folder}” was interrupted after 1 file. It is complete, everything else is where it was. The sort can be undone.</comment>
        <translation>
            <numerusform>The last sort in “{folder}” was interrupted after 1 file. It is complete, everything else is where it was. The sort can be undone.</numerusform>
            <numerusform>The last sort in “{folder}” was interrupted after {count} files. They are complete, everything else is where it was. The sort can be undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <location filename="../../clipdesk/encoders/devices.py"/>
        <source>{count} threads</source>
        <comment>1 thread</comment>
        <translation>
            <numerusform>1 thread</numerusform>
            <numerusform>{count} threads</numerusform>
        </translation>
    </message>
</context>
</TS>
