@echo off
rem Opens the page: double-click. The first run installs from the folder "wheels" beside this file.
setlocal
cd /d "%~dp0"
if not exist venv\Scripts\python.exe (
  py -3.12 -m venv venv || goto failed
  venv\Scripts\python.exe -m pip install --no-index --find-links wheels "fazhi[web]" || goto failed
)
venv\Scripts\fazhi.exe serve --data "%LOCALAPPDATA%\fazhi-data"
goto :eof
:failed
echo Python 3.12 (64-bit) and the folder "wheels" are needed; see docs\install-windows.md
pause
