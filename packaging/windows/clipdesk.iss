; The installer for Windows, by Inno Setup 6.3 or later. For one person, without administrator rights.
; Not tested on Windows yet. The workflow “Release” runs it:
;
;   iscc /DVersion=0.1.0 packaging\windows\clipdesk.iss
;
; To sign: iscc /DSign "/Sclipdesk=signtool sign /fd sha256 ... $f" ...

#ifndef Version
  #error Pass the version: iscc /DVersion=0.1.0
#endif
#define App "..\..\dist\clipdesk"
; The program with the window has no console, if the build made two.
#if FileExists(AddBackslash(SourcePath) + App + "\clipdesk-window.exe")
  #define Program "clipdesk-window.exe"
#else
  #define Program "clipdesk.exe"
#endif

[Setup]
AppId={{9AF8A3CD-515D-4CFD-BBA9-39E3FD515290}
AppName=ClipDesk
AppVersion={#Version}
AppVerName=ClipDesk {#Version}
AppPublisher=The ClipDesk team
VersionInfoVersion={#Version}
VersionInfoDescription=ClipDesk Setup
DefaultDirName={autopf}\ClipDesk
DefaultGroupName=ClipDesk
DisableProgramGroupPage=yes
DisableDirPage=auto
; Per user: no administrator rights, and {autopf} is %LOCALAPPDATA%\Programs.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=commandline
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=ClipDesk-{#Version}-windows-x86_64-setup
SetupIconFile=..\..\build\icons\clipdesk.ico
UninstallDisplayIcon={app}\{#Program}
UninstallDisplayName=ClipDesk
WizardStyle=modern
Compression=lzma2/max
SolidCompression=yes
LZMANumBlockThreads=2
ChangesAssociations=yes
; A running ClipDesk is asked to close. It keeps its desk.
CloseApplications=yes
RestartApplications=no
#ifdef Sign
SignTool=clipdesk
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
#if FileExists(AddBackslash(CompilerPath) + "Languages\Korean.isl")
Name: "ko"; MessagesFile: "compiler:Languages\Korean.isl"
#endif

[CustomMessages]
en.OpenWith=Open with ClipDesk
en.FoldersTask=Add “Open with ClipDesk” to the menu of folders
en.DeskType=ClipDesk desk
#if FileExists(AddBackslash(CompilerPath) + "Languages\Korean.isl")
ko.OpenWith=ClipDesk로 열기
ko.FoldersTask=폴더 메뉴에 “ClipDesk로 열기” 추가
ko.DeskType=ClipDesk 작업 공간
#endif

[Tasks]
Name: "folders"; Description: "{cm:FoldersTask}"
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[InstallDelete]
; A new version must not load libraries of the old one.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#App}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\ClipDesk"; Filename: "{app}\{#Program}"; AppUserModelID: "ClipDesk.ClipDesk"
Name: "{autodesktop}\ClipDesk"; Filename: "{app}\{#Program}"; Tasks: desktopicon

[Registry]
; HKA is HKEY_CURRENT_USER in an installation for one person.
Root: HKA; Subkey: "Software\Classes\.clipdesk"; ValueType: string; ValueData: "ClipDesk.Desk"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\.clipdesk\OpenWithProgids"; ValueType: string; ValueName: "ClipDesk.Desk"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\ClipDesk.Desk"; ValueType: string; ValueData: "{cm:DeskType}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\ClipDesk.Desk\DefaultIcon"; ValueType: string; ValueData: "{app}\{#Program},0"
Root: HKA; Subkey: "Software\Classes\ClipDesk.Desk\shell\open\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""
Root: HKA; Subkey: "Software\Classes\Directory\shell\ClipDesk"; ValueType: string; ValueData: "{cm:OpenWith}"; Tasks: folders; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\shell\ClipDesk"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\{#Program},0"; Tasks: folders
Root: HKA; Subkey: "Software\Classes\Directory\shell\ClipDesk\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%1"""; Tasks: folders
Root: HKA; Subkey: "Software\Classes\Directory\Background\shell\ClipDesk"; ValueType: string; ValueData: "{cm:OpenWith}"; Tasks: folders; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Directory\Background\shell\ClipDesk"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\{#Program},0"; Tasks: folders
Root: HKA; Subkey: "Software\Classes\Directory\Background\shell\ClipDesk\command"; ValueType: string; ValueData: """{app}\{#Program}"" ""%V"""; Tasks: folders

[Run]
Filename: "{app}\{#Program}"; Description: "{cm:LaunchProgram,ClipDesk}"; Flags: nowait postinstall skipifsilent
