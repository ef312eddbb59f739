//! A registry with one officer, for the tests of the edge.

use crate::domain::agency::{Agency, Contact, OfficeCommand, Role};
use crate::domain::ids::AgencyId;
use crate::registry::admin::Admitted;
use crate::registry::limits::Limits;
use crate::registry::store::Address;
use crate::registry::{Registry, Settings, admin, machine_clock};
use std::path::Path;

/// Opens a registry for practice in a folder.
pub(super) async fn open(folder: &Path) -> Registry {
    let store = Address::file(folder.join("registry.db"));
    let settings = Settings { store, training: true, clock: machine_clock(), limits: Limits::default() };
    Registry::open(settings).await.unwrap()
}

/// Admits an officer of Costa Rica's bureau.
pub(super) async fn admit(registry: &Registry) -> Admitted {
    let ncb = "CR".parse().unwrap();
    let agency = Agency { id: AgencyId::ncb(ncb), ncb, name: "NCB".into(), contact: Contact::default() };
    let writer = registry.writer();
    admin::all_in(writer.offices(vec![OfficeCommand::AdmitAgency { agency }]).await).unwrap();
    admin::admit_officer(writer, "A", ncb, AgencyId::ncb(ncb), Role::Duty).await.unwrap()
}
