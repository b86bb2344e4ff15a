#include <map>
#include <memory>
#include <string>
#include <vector>
namespace n {
/// A node.
struct Node { std::shared_ptr<Node> next; std::vector<int> values; virtual ~Node() {} };
/// Sums.
template <class T> T sum(const std::vector<T>& v) { T t{}; for (auto x : v) t += x; return t; }
int f(Node* p) { int u; if (p == 0) return u; char a[4]; a[5] = 1; return sum(p->values) + a[0]; }
}
