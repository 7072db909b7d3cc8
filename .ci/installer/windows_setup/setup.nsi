; Per-user installer without administrator rights. Silent: setup.exe /S [/D=FOLDER]. Made on Linux by makensis.
; PAYLOAD, VERSION, OUTPUT and WORDS are given by build_installer.py.
Unicode true
SetCompressor /SOLID lzma
!define MUI_ABORTWARNING
!include MUI2.nsh
!include WordFunc.nsh

Name "Ethnomed Desktop"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Ethnomed Desktop"
; An older version is upgraded where it lies.
InstallDirRegKey HKCU "Software\Ethnomed Desktop" "Folder"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Ethnomed Desktop"
!define START '"$INSTDIR\python\pythonw.exe" -I -m ethnomed_desktop'

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGEEX "${WORDS}" "Kazakh"

LangString KEPT ${LANG_KAZAKH} "Деректеріңіз жойылған жоқ. Олар мына қалтада: $LOCALAPPDATA\ethnomed-desktop"
LangString KEPT ${LANG_RUSSIAN} "Ваши данные не удалены. Они лежат в папке: $LOCALAPPDATA\ethnomed-desktop"
LangString KEPT ${LANG_ENGLISH} "Your data were not removed. They lie in the folder: $LOCALAPPDATA\ethnomed-desktop"
LangString RUNNING ${LANG_KAZAKH} "Бағдарлама ашық тұр. Оны жауып, қайталаңыз. Ештеңе өзгерген жоқ."
LangString RUNNING ${LANG_RUSSIAN} "Программа открыта. Закройте её и повторите. Ничего не изменено."
LangString RUNNING ${LANG_ENGLISH} "The program is open. Close it and repeat. Nothing was changed."
LangString NEWER ${LANG_KAZAKH} "Мұнда жаңарақ нұсқа орнатылған: $0. Ескісі орнатылмады, деректерге тиген жоқ."
LangString NEWER ${LANG_RUSSIAN} "Здесь установлена более новая версия: $0. Старая не установлена, данные не тронуты."
LangString NEWER ${LANG_ENGLISH} "A newer version is installed here: $0. The older one was not installed; the data are untouched."
LangString EXCHANGE ${LANG_KAZAKH} "Ethnomed алмасу файлы"
LangString EXCHANGE ${LANG_RUSSIAN} "Файл обмена Ethnomed"
LangString EXCHANGE ${LANG_ENGLISH} "Ethnomed exchange file"
LangString BACKUP ${LANG_KAZAKH} "Ethnomed сақтық көшірмесі"
LangString BACKUP ${LANG_RUSSIAN} "Резервная копия Ethnomed"
LangString BACKUP ${LANG_ENGLISH} "Ethnomed backup"

Function .onInit
  !define MUI_LANGDLL_ALLLANGUAGES
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Section
  ; An older version does not go over a newer one by mistake: it would only read the newer one's data.
  ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
  StrCmp $0 "" not_newer
  ${VersionCompare} "$0" "${VERSION}" $1
  StrCmp $1 "1" 0 not_newer
    MessageBox MB_OK|MB_ICONSTOP "$(NEWER)" /SD IDOK
    SetErrorLevel 3
    Abort
  not_newer:
  ; A folder from which something runs cannot be renamed: the program must be closed before its files go.
  IfFileExists "$INSTDIR\python\*.*" 0 not_running
  RMDir /r "$INSTDIR\python.old" ; of an installation that was cut off: it would stand in the way for ever
  ClearErrors
  Rename "$INSTDIR\python" "$INSTDIR\python.old"
  IfErrors 0 not_running
    MessageBox MB_OK|MB_ICONSTOP "$(RUNNING)" /SD IDOK
    SetErrorLevel 3
    Abort
  not_running:
  RMDir /r "$INSTDIR\python.old"
  ; Only folders of ours are replaced: whatever else lies in the chosen folder stays.
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\licences"
  SetOutPath "$INSTDIR"
  File /r "${PAYLOAD}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "Software\Ethnomed Desktop" "Folder" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Ethnomed Desktop"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  WriteRegStr HKCU "Software\Classes\.emx" "" "Ethnomed.Exchange"
  WriteRegStr HKCU "Software\Classes\.emb" "" "Ethnomed.Backup"
  WriteRegStr HKCU "Software\Classes\Ethnomed.Exchange" "" "$(EXCHANGE)"
  WriteRegStr HKCU "Software\Classes\Ethnomed.Backup" "" "$(BACKUP)"
  WriteRegStr HKCU "Software\Classes\Ethnomed.Exchange\shell\open\command" "" '${START} "%1"'
  WriteRegStr HKCU "Software\Classes\Ethnomed.Backup\shell\open\command" "" '${START}'
  SetOutPath "$INSTDIR\app"
  CreateShortcut "$SMPROGRAMS\Ethnomed Desktop.lnk" "$INSTDIR\python\pythonw.exe" "-I -m ethnomed_desktop"
SectionEnd

Section "Uninstall"
  RMDir /r "$INSTDIR\app"
  RMDir /r "$INSTDIR\python"
  RMDir /r "$INSTDIR\licences"
  Delete "$INSTDIR\MANIFEST.json"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\Ethnomed Desktop.lnk"
  DeleteRegKey HKCU "Software\Ethnomed Desktop"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "Software\Classes\Ethnomed.Exchange"
  DeleteRegKey HKCU "Software\Classes\Ethnomed.Backup"
  DeleteRegKey HKCU "Software\Classes\.emx"
  DeleteRegKey HKCU "Software\Classes\.emb"
  MessageBox MB_OK "$(KEPT)" /SD IDOK
SectionEnd
