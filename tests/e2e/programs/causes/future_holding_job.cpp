// future_holding_job.cpp - a job keeps the future of its own work, and that owns the job, also when it is done.
// gordian: exit 23
// gordian: prints thumbnail of a.png: 64
// gordian: cycle proved instances=3 retained=1
// gordian: says cut captured self: capture weak_from_this() (or a std::weak_ptr) instead
#include <cstdio>
#include <future>
#include <memory>
#include <string>
#include <vector>

struct Image {
  std::vector<unsigned char> pixels;
};

class ThumbnailJob : public std::enable_shared_from_this<ThumbnailJob> {
 public:
  ThumbnailJob(std::string file, std::size_t size)
      : file_(std::move(file)), size_(size), image_(std::make_shared<Image>()) {}

  std::shared_future<std::size_t> start() {
#ifdef FIXED
    done_ = std::async(std::launch::deferred, [weak = weak_from_this()]() -> std::size_t {
      const auto self = weak.lock();
      return self ? self->work() : 0;
    });
#else
    done_ = std::async(std::launch::deferred, [self = shared_from_this()] { return self->work(); });
#endif
    return done_;
  }
  const std::string& file() const { return file_; }

 private:
  std::size_t work() {
    image_->pixels.resize(size_);
    return image_->pixels.size();
  }

  std::string file_;
  std::size_t size_;
  std::shared_ptr<Image> image_;
  std::shared_future<std::size_t> done_;
};

int main() {
  const char* const files[] = {"a.png", "b.png", "c.png"};
  for (int i = 0; i < 3; ++i) {
    auto job = std::make_shared<ThumbnailJob>(files[i], 64);
    const auto done = job->start();
    if (i == 0) std::printf("thumbnail of %s: %zu\n", job->file().c_str(), done.get());
  }
}
