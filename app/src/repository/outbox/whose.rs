//! Whose turn it is on a device of several.

use device::Device;

use super::{KnownSpace, driver::Driver};

impl Driver {
    /// The spaces of those who share the device; officials' have a page of their own.
    pub(super) fn shared_spaces(&self) -> Vec<KnownSpace> {
        let spaces = self.spaces.borrow();
        let shared = spaces.iter().filter(|space| space.pass.is_none());
        shared.cloned().map(Into::into).collect()
    }

    pub(in crate::repository) fn open_space(&self) -> Option<String> {
        let device = self.device.borrow();
        device.as_ref()?.open_space().map(|id| id.to_string())
    }

    /// Whether the space that is open is an official's.
    pub(super) fn is_office(&self) -> bool {
        let open = self.device.borrow().as_ref().and_then(Device::open_space);
        let spaces = self.spaces.borrow();
        let mut officials = spaces.iter().filter(|space| space.pass.is_some());
        officials.any(|space| Some(&space.id) == open.as_ref())
    }
}
