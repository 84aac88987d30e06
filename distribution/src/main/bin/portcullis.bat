@echo off
rem Starts Portcullis on the first JDK 25 or newer: runtime\, PORTCULLIS_JAVA_HOME, JAVA_HOME, the PATH, the usual places.
setlocal EnableExtensions DisableDelayedExpansion
for %%i in ("%~dp0..") do set "PORTCULLIS_DIST=%%~fi"
set "FOUND="
call :try "%PORTCULLIS_DIST%\runtime"
if defined PORTCULLIS_JAVA_HOME call :try "%PORTCULLIS_JAVA_HOME%"
if not defined FOUND if defined PORTCULLIS_JAVA_HOME echo portcullis: PORTCULLIS_JAVA_HOME=%PORTCULLIS_JAVA_HOME% is passed over: it is not a JDK 25 or newer 1>&2
if defined JAVA_HOME call :try "%JAVA_HOME%"
for /f "delims=" %%j in ('where java 2^>nul') do call :try "%%~dpj.."
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do call :try "%%~d"
if not defined FOUND (
  echo portcullis: no JDK 25 or newer found: install one ^(for instance from https://adoptium.net^), or set PORTCULLIS_JAVA_HOME to where it is 1>&2
  exit /b 1
)
"%FOUND%\bin\java.exe" ^
  "@%PORTCULLIS_DIST%\conf\jvm.options" ^
  --module-path "%PORTCULLIS_DIST%\lib" ^
  --add-modules java.se,jdk.unsupported,jdk.httpserver,jdk.management ^
  --add-opens java.base/java.lang=dev.portcullis.gateway.runtime ^
  --enable-native-access=org.xerial.sqlitejdbc,dev.portcullis.gateway.runtime ^
  "-Dportcullis.home=%PORTCULLIS_DIST%" ^
  %PORTCULLIS_JAVA_OPTS% ^
  --module dev.portcullis.gateway.runtime/dev.portcullis.gateway.runtime.cli.Main %*
exit /b %ERRORLEVEL%

rem Sets FOUND to the JDK home %1 if it is recent enough, as its release file says; a home without one is asked.
:try
if defined FOUND exit /b 0
if not exist "%~1\bin\java.exe" exit /b 0
set "VERSION="
if exist "%~1\release" for /f "tokens=2 delims==" %%v in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "VERSION=%%~v"
if not defined VERSION for /f "tokens=2 delims==" %%v in ('"%~1\bin\java.exe" -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version"') do set "VERSION=%%v"
if not defined VERSION exit /b 0
for /f "tokens=1 delims=.-+ " %%m in ("%VERSION%") do set "MAJOR=%%m"
if %MAJOR% GEQ 25 for %%h in ("%~1") do set "FOUND=%%~fh"
exit /b 0
