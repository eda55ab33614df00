//! The rules of Huiyin: types, commands, events, `decide` and `evolve`, the legal calendar and
//! who may do what. Pure: no I/O, no async, no clock; time, ids and randomness are arguments.
//!
//! *Aggregates* hold what happened: [`visit`], [`booking`], [`registration`], [`case`], [`matter`].
//! *Areas* hold what people may ask for, one enum and one `decide` each: [`citizen`], [`desk`],
//! [`office`], and what is due by itself: [`timed`]. An area's `decide` reads a [`world::World`] and returns [`event::DomainEvent`]s.

pub mod access;
pub mod actor;
pub mod agent;
pub mod attachment;
pub mod booking;
pub mod calendar;
pub mod case;
pub mod citizen;
pub mod clock;
pub mod code;
pub mod desk;
pub mod division;
pub mod event;
pub mod filing;
pub mod form;
pub mod given;
pub mod ids;
pub mod matter;
pub mod office;
pub mod person;
pub mod phone;
pub mod provisional;
pub mod readers;
pub mod receipt;
pub mod refusal;
pub mod registration;
pub mod seen_by;
pub mod text;
pub mod tidings;
pub mod timed;
pub mod visit;
pub mod world;
