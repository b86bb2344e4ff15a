// signal_and_slot.cpp - a view owns its model, to whose signal it has connected a slot that owns the view.
// gordian: exit 23
// gordian: prints inbox: 3 unread
// gordian: cycle proved instances=2
// gordian: says cut captured self: capture weak_from_this() (or a std::weak_ptr) instead
#include <boost/signals2.hpp>
#include <cstdio>
#include <memory>
#include <string>

class Mailbox {
 public:
  boost::signals2::signal<void(int)> unread_changed;
  void deliver(int messages) {
    unread_ += messages;
    unread_changed(unread_);
  }

 private:
  int unread_ = 0;
};

struct Style {
  std::string colour = "blue";
};

class MailboxView : public std::enable_shared_from_this<MailboxView> {
 public:
  MailboxView(std::string title, std::shared_ptr<Mailbox> model)
      : title_(std::move(title)), model_(std::move(model)), style_(std::make_shared<Style>()) {}
  void show() {
#ifdef FIXED
    model_->unread_changed.connect([weak = weak_from_this()](int unread) {
      if (const auto self = weak.lock()) self->redraw(unread);
    });
#else
    model_->unread_changed.connect([self = shared_from_this()](int unread) { self->redraw(unread); });
#endif
  }
  const std::string& text() const { return text_; }

 private:
  void redraw(int unread) { text_ = title_ + ": " + std::to_string(unread) + " unread"; }

  std::string title_, text_;
  std::shared_ptr<Mailbox> model_;
  std::shared_ptr<Style> style_;
};

int main() {
  auto inbox = std::make_shared<Mailbox>();
  auto outbox = std::make_shared<Mailbox>();
  auto view = std::make_shared<MailboxView>("inbox", inbox);
  view->show();
  std::make_shared<MailboxView>("outbox", outbox)->show();
  inbox->deliver(2);
  inbox->deliver(1);
  std::printf("%s\n", view->text().c_str());
}
