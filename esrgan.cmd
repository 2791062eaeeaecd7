@echo off
rem Runs the esrgan command line. Where it is not built yet, builds it first; to build it anew after
rem a change, delete cli\target\esrgan.jar.
rem
rem   JAVA_HOME         the Java to use, 17 or newer; otherwise the one on the PATH
rem   ESRGAN_JAVA_OPTS  options for Java, such as -Xmx8g
setlocal
set "root=%~dp0"
set "jar=%root%cli\target\esrgan.jar"

set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME if not exist "%java%" (
  echo esrgan: JAVA_HOME is %JAVA_HOME%, but there is no bin\java.exe in it; correct or unset it>&2
  exit /b 1
)
if not defined JAVA_HOME where /q java || (
  echo esrgan: there is no Java on the PATH; install a JDK, 17 or newer, or set JAVA_HOME>&2
  exit /b 1
)

if exist "%jar%" goto run

"%java%" --list-modules >nul 2>&1 || (
  echo esrgan: this Java is too old, 17 or newer is needed; set JAVA_HOME to one>&2
  exit /b 1
)
where /q mvn || (
  echo esrgan: it must be built first, and there is no mvn on the PATH; install Maven, 3.8 or newer>&2
  exit /b 1
)
echo Building esrgan ^(first use; a minute or two, longer if libraries must be downloaded^) ...>&2
pushd "%root%"
call mvn -q -B -Dmaven.test.skip=true package -pl core,cli <nul 1>&2
set "built=%errorlevel%"
popd
if not "%built%"=="0" (
  echo esrgan: the build failed; what Maven said is above>&2
  exit /b 1
)

:run
"%java%" -XX:+UseSerialGC -Dfile.encoding=UTF-8 %ESRGAN_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
