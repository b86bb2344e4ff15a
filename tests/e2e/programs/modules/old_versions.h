// old_versions.h - binds to functions by the versions that they had in an old libc, as programs do that were linked there.
asm(".symver dlopen, dlopen@GLIBC_2.2.5");
asm(".symver dlclose, dlclose@GLIBC_2.2.5");
asm(".symver dlsym, dlsym@GLIBC_2.2.5");
asm(".symver quick_exit, quick_exit@GLIBC_2.10");
