// actor_mailbox_fixed.cpp - mail only sees its sender.
// gordian: silent
// gordian: prints 2 to ping, 1 to pong
// gordian: prints 2 to ping, 1 to pong
#define FIXED
#include "actor_mailbox.cpp"
