// aligned_nodes.h - what two programs here share: containers whose values are aligned to more than a pointer.
#pragma once

#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>

template <class Handle>
struct Link {
  Handle to;
  long double weight = 1;
};
template <class Handle>
struct alignas(64) Line {
  Handle to;
};

template <template <class> class Handle>
struct Hash {
  std::unordered_map<int, Link<Handle<Hash>>> links;
  void join(const std::shared_ptr<Hash>& other) { links[1].to = other; }
};
template <template <class> class Handle>
struct HashOfNames {
  std::unordered_map<std::string, Link<Handle<HashOfNames>>> links;
  void join(const std::shared_ptr<HashOfNames>& other) { links["other"].to = other; }
};
template <template <class> class Handle>
struct HashOfLines {
  std::unordered_map<std::string, Line<Handle<HashOfLines>>> lines;
  void join(const std::shared_ptr<HashOfLines>& other) { lines["other"].to = other; }
};
template <template <class> class Handle>
struct Forward {
  std::forward_list<Link<Handle<Forward>>> links;
  void join(const std::shared_ptr<Forward>& other) { links.emplace_front(), links.front().to = other; }
};
template <template <class> class Handle>
struct ListOfLines {
  std::list<Line<Handle<ListOfLines>>> lines;
  void join(const std::shared_ptr<ListOfLines>& other) { lines.emplace_front(), lines.front().to = other; }
};
template <template <class> class Handle>
struct MapOfLines {
  std::map<int, Line<Handle<MapOfLines>>> lines;
  void join(const std::shared_ptr<MapOfLines>& other) { lines[1].to = other; }
};

template <class Node>
std::shared_ptr<Node> make_pair_of() {
  auto one = std::make_shared<Node>();
  auto other = std::make_shared<Node>();
  one->join(other);
  other->join(one);
  return one;
}
