@echo off
rem Runs the esrgan command line. Where it is not built yet, builds it first; to build it anew after
rem a change, delete cli\target\esrgan.jar.
rem
rem   JAVA_HOME         the Java to use, 17 or newer; otherwise the one on the PATH
rem   ESRGAN_JAVA_OPTS  options for Java, such as -Xmx8g
setlocal
set "root=%~dp0"
set "jar=%root%cli\target\esrgan.jar"

if not defined JAVA_HOME goto javaOnPath
set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto javaFound
echo esrgan: there is no bin\java.exe in JAVA_HOME; correct or unset it>&2
exit /b 1

:javaOnPath
set "java=java"
where /q java && goto javaFound
echo esrgan: there is no Java on the PATH; install a JDK, 17 or newer, or set JAVA_HOME>&2
exit /b 1

:javaFound
if exist "%jar%" goto run

where /q mvn && goto build
echo esrgan: it must be built first, and there is no mvn on the PATH; install Maven, 3.8 or newer>&2
exit /b 1

:build
echo Building esrgan, first use; a minute or two, longer if libraries must be downloaded ...>&2
pushd "%root%"
call mvn -q -B -Dmaven.test.skip=true package -pl core,cli <nul 1>&2
set "failed=%errorlevel%"
popd
if "%failed%"=="0" goto run
echo esrgan: the build failed; what Maven said is above>&2
exit /b 1

:run
rem A large picture is one array, which must fit into the old generation of the heap.
"%java%" -XX:+UseSerialGC -XX:NewRatio=8 -XX:MaxRAMPercentage=40 %ESRGAN_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%
