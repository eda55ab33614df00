//! Schemas of the wire types, read from the types themselves (JSON Schema 2020-12, the dialect of
//! OpenAPI 3.1).
//!
//! What the server sends and what it accepts are two readings of one type: a field with a default
//! is always sent and need not be. So the types of commands have names of their own (`Sent.…`).

use domain::{
    agent::AgentCommand, citizen::CitizenCommand, desk::DeskCommand, office::OfficeCommand,
};
use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use sync::{AreaCommand, Envelope, letter::Letter, view::AskOwn};

use super::commands::BATCH;

const AT: &str = "#/components/schemas/";

/// Types as they are sent to others.
pub fn answers() -> SchemaGenerator {
    settings().for_serialize().into_generator()
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    })
}

/// The schema of a batch of commands, and the types it names.
pub fn batch() -> (Value, Map<String, Value>) {
    let mut accepted = settings().for_deserialize().into_generator();
    let envelopes = [
        envelope::<CitizenCommand>(&mut accepted),
        envelope::<AgentCommand>(&mut accepted),
        envelope::<DeskCommand>(&mut accepted),
        envelope::<OfficeCommand>(&mut accepted),
        Letter::json_schema(&mut accepted).to_value(),
    ];
    let batch = json!({
        "type": "array",
        "maxItems": BATCH,
        "items": { "oneOf": envelopes },
    });
    (renamed(batch), sent(&mut accepted))
}

/// The schema of what a device asks of its own, and the types it names.
pub fn own() -> (Value, Map<String, Value>) {
    let mut accepted = settings().for_deserialize().into_generator();
    let asked = AskOwn::json_schema(&mut accepted).to_value();
    (renamed(asked), sent(&mut accepted))
}

fn sent(accepted: &mut SchemaGenerator) -> Map<String, Value> {
    let named = accepted.take_definitions(true).into_iter();
    named
        .map(|(name, schema)| (format!("Sent.{name}"), renamed(schema)))
        .collect()
}

/// An envelope whose command is of the area it names.
fn envelope<C: AreaCommand + JsonSchema>(accepted: &mut SchemaGenerator) -> Value {
    let mut envelope = Envelope::<C>::json_schema(accepted).to_value();
    envelope["properties"]["area"] = json!({ "const": C::AREA });
    envelope
}

/// References lead to the names with `Sent.` in front.
fn renamed(mut schema: Value) -> Value {
    match &mut schema {
        Value::Object(fields) => {
            for (key, value) in fields.iter_mut() {
                *value = match value.as_str().and_then(|name| name.strip_prefix(AT)) {
                    Some(name) if key == "$ref" => Value::String(format!("{AT}Sent.{name}")),
                    _ => renamed(value.take()),
                };
            }
        }
        Value::Array(items) => {
            for item in items {
                *item = renamed(item.take());
            }
        }
        _ => {}
    }
    schema
}
