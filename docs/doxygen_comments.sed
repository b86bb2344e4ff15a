# doxygen_comments.sed - makes Doxygen's comments of the plain ones in gordian's headers.
#
# The first line names the file; a comment at the start of a line is about what follows it. What the headers say is the
# runtime's side is for nobody to call.
/^\/\* The runtime's side/,/^$/s,.*,,
1s,^// [a-z0-9_.]+ - (.*)$,/// @file \
/// \1,
1s,^/\* [a-z0-9_.]+ - (.*)$,/** @file \
 * \1,
s,^( *)// ,\1/// ,
s,^( *)//$,\1///,
s,^( *)/\* ,\1/** ,
