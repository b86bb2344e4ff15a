// dom_parent.cpp - the nodes of a document count their handles themselves. A document owns its tree, and each
// node the document that it belongs to; to its parent it only points.
// gordian: exit 23
// gordian: prints html body p p
// gordian: prints html body
// gordian: cycle proved objects=5 instances=2 of=Document,Element members=Document::root_,Node::children_,Node::ownerDocument_ cut=Node::ownerDocument_
// gordian: says cut Node::ownerDocument_: make it a plain Document*.
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <cstdio>
#include <string>
#include <vector>

class Document;

class Node : public boost::intrusive_ref_counter<Node> {
 public:
  Node(Document* document, std::string name) : ownerDocument_(document), name_(std::move(name)) {}
  virtual ~Node() = default;
  void append(boost::intrusive_ptr<Node> child) {
    child->parent_ = this;
    children_.push_back(std::move(child));
  }
  std::string names() const {
    std::string all = name_;
    for (const auto& child : children_) all += " " + child->names();
    return all;
  }

 private:
#ifdef FIXED
  Document* ownerDocument_;
#else
  boost::intrusive_ptr<Document> ownerDocument_;
#endif
  Node* parent_ = nullptr;
  std::string name_;
  std::vector<boost::intrusive_ptr<Node>> children_;
};

class Element : public Node {
 public:
  using Node::Node;

 private:
  std::vector<std::pair<std::string, std::string>> attributes_;
};

class Document : public boost::intrusive_ref_counter<Document> {
 public:
  boost::intrusive_ptr<Element> createElement(const char* name) { return new Element(this, name); }
  void setRoot(boost::intrusive_ptr<Node> root) { root_ = std::move(root); }
  const Node& root() const { return *root_; }

 private:
  boost::intrusive_ptr<Node> root_;
  std::string url_ = "about:blank";
};

void parse(int paragraphs) {
  boost::intrusive_ptr<Document> document(new Document);
  auto html = document->createElement("html");
  auto body = document->createElement("body");
  document->setRoot(html);
  html->append(body);
  for (int i = 0; i < paragraphs; ++i) body->append(document->createElement("p"));
  std::printf("%s\n", document->root().names().c_str());
}

int main() {
  parse(2);
  parse(0);
}
