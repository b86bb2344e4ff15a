// main.cpp - what the outer project installs; gordian is none of its business.
int main() {}
