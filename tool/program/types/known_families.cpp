// known_families.cpp - intrusive smart pointers of well-known libraries.
//
// Names are those of the libraries' headers. A row costs nothing where a program does not use
// the class, and says nothing where a later version has renamed a member.
#include "program/types/families.h"

namespace gordian {

std::string_view known_families() {
  return R"(
boost::intrusive_ptr                px          boost::sp_adl_block::intrusive_ref_counter::m_ref_counter
llvm::IntrusiveRefCntPtr            Obj         llvm::RefCountedBase::RefCount
llvm::IntrusiveRefCntPtr            Obj         llvm::ThreadSafeRefCountedBase::RefCount
Xapian::Internal::intrusive_ptr     px          Xapian::Internal::intrusive_base::_refs
Xapian::Internal::opt_intrusive_ptr px          Xapian::Internal::opt_intrusive_base::_refs
QExplicitlySharedDataPointer        d           QSharedData::ref
QSharedPointer                      d           QtSharedPointer::ExternalRefCountData::strongref  value
QSharedDataPointer                  d           QSharedData::ref
Poco::AutoPtr                       _ptr        Poco::RefCountedObject::_counter@8
Poco::SharedPtr                     _pCounter   Poco::ReferenceCounter::_cnt  _ptr
osg::ref_ptr                        _ptr        osg::Referenced::_refCount
itk::SmartPointer                   m_Pointer   itk::LightObject::m_ReferenceCount@8
vtkSmartPointer                     Object      vtkObjectBase::ReferenceCount@8
vtkNew                              Object      vtkObjectBase::ReferenceCount@8
sk_sp                               fPtr        SkRefCntBase::fRefCnt@8
sk_sp                               fPtr        SkNVRefCnt::fRefCnt
scoped_refptr                       ptr_        base::subtle::RefCountedBase::ref_count_
scoped_refptr                       ptr_        base::subtle::RefCountedThreadSafeBase::ref_count_
rtc::scoped_refptr                  ptr_        rtc::RefCountedObject::ref_count_
WTF::RefPtr                         m_ptr       WTF::RefCountedBase::m_refCount
WTF::RefPtr                         m_ptr       WTF::ThreadSafeRefCountedBase::m_refCount
WTF::Ref                            m_ptr       WTF::RefCountedBase::m_refCount
WTF::Ref                            m_ptr       WTF::ThreadSafeRefCountedBase::m_refCount
RefPtr                              mRawPtr     mRefCnt
rtl::Reference                      m_pBody     salhelper::SimpleReferenceObject::m_nCount
rtl::Reference                      m_pBody     cppu::OWeakObject::m_refCount
c10::intrusive_ptr                  target_     c10::intrusive_ptr_target::refcount_
OpenImageIO::intrusive_ptr          m_ptr       OpenImageIO::RefCnt::m_refcnt
)";
}

}  // namespace gordian
