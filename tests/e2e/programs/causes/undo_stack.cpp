// undo_stack.cpp - a drawing owns what was done to it, to undo it, and each such command owns the drawing.
// gordian: exit 23
// gordian: prints 2 shapes, 1 to redo
// gordian: prints 1 shape, 0 to redo
// gordian: cycle proved objects=1 instances=1 retained=1 of=Drawing cut=Command::drawing_
// gordian: cycle proved objects=1 instances=1 retained=1 of=Drawing cut=Command::drawing_
// gordian: says cut Command::drawing_: make it a plain Drawing* (or std::weak_ptr<Drawing>)
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

class Drawing;

class Command {
 public:
#ifdef FIXED
  explicit Command(const std::shared_ptr<Drawing>& drawing) : drawing_(drawing.get()) {}
#else
  explicit Command(std::shared_ptr<Drawing> drawing) : drawing_(std::move(drawing)) {}
#endif
  virtual ~Command() = default;
  virtual void redo() = 0;
  virtual void undo() = 0;

 protected:
#ifdef FIXED
  Drawing* drawing_;
#else
  std::shared_ptr<Drawing> drawing_;
#endif
};

class UndoStack {
 public:
  void push(std::unique_ptr<Command> command) {
    command->redo();
    done_.push_back(std::move(command));
    undone_.clear();
  }
  void undo() {
    done_.back()->undo();
    undone_.push_back(std::move(done_.back()));
    done_.pop_back();
  }
  std::size_t to_redo() const { return undone_.size(); }

 private:
  std::vector<std::unique_ptr<Command>> done_, undone_;
};

struct Palette {
  std::vector<int> colours = {1, 2, 3};
};

class Drawing {
 public:
  UndoStack& history() { return history_; }
  std::vector<std::string>& shapes() { return shapes_; }

 private:
  std::vector<std::string> shapes_;
  std::shared_ptr<Palette> palette_ = std::make_shared<Palette>();
  UndoStack history_;
};

class AddShape : public Command {
 public:
  AddShape(std::shared_ptr<Drawing> drawing, std::string shape) : Command(std::move(drawing)), shape_(std::move(shape)) {}
  void redo() override { drawing_->shapes().push_back(shape_); }
  void undo() override { drawing_->shapes().pop_back(); }

 private:
  std::string shape_;
};

void draw(const std::vector<std::string>& shapes, int undone) {
  auto drawing = std::make_shared<Drawing>();
  for (const auto& shape : shapes) drawing->history().push(std::make_unique<AddShape>(drawing, shape));
  for (; undone > 0; --undone) drawing->history().undo();
  const std::size_t left = drawing->shapes().size();
  std::printf("%zu shape%s, %zu to redo\n", left, left == 1 ? "" : "s", drawing->history().to_redo());
}

int main() {
  draw({"circle", "line", "line"}, 1);
  draw({"circle"}, 0);
}
