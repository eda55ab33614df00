//! What the document says of attachments. How they are sent is tus 1.0 and in its own words; here
//! is what this server asks of it.

use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};
use sync::{UploadProblem, view::Attachment};

/// The name of the scheme by which a receipt opens the way.
pub const TOKEN: &str = "upload";

pub fn paths(answers: &mut SchemaGenerator) -> Map<String, Value> {
    let problem = answers.subschema_for::<UploadProblem>().to_value();
    let list = answers.subschema_for::<Vec<Attachment>>().to_value();
    let mut paths = Map::new();
    paths.insert(
        "/api/v1/{county}/uploads".to_owned(),
        json!({
            "get": {
                "operationId": "Attachments",
                "summary": "What the filing names, and where each of it is.",
                "security": [{ TOKEN: [] }],
                "responses": {
                    "200": said("In the order it was said.", &list),
                    "default": said("Why not.", &problem),
                },
            },
            "options": operation("UploadRules", "What of tus is spoken.", &[], &problem),
            "post": operation(
                "AnnounceUpload",
                "Announces an attachment; the same again leads to the same upload. Its first \
                 bytes may come along.",
                &[VERSION, LENGTH, METADATA],
                &problem,
            ),
        }),
    );
    let id = json!({ "type": "string", "format": "uuid" });
    let id = json!({ "name": "id", "in": "path", "required": true, "schema": id });
    paths.insert(
        "/api/v1/{county}/uploads/{id}".to_owned(),
        json!({
            "parameters": [id],
            "head": operation("UploadOffset", "How far it is.", &[VERSION], &problem),
            "patch": operation(
                "Upload",
                "Goes on from where it is. What arrived before a cut stays.",
                &[VERSION, OFFSET],
                &problem,
            ),
            "delete": operation(
                "TakeBackUpload",
                "Takes it back, unless it is whole.",
                &[VERSION],
                &problem,
            ),
        }),
    );
    paths
}

type Header = (&'static str, &'static str);

const VERSION: Header = ("Tus-Resumable", "1.0.0");
const LENGTH: Header = ("Upload-Length", "Bytes it has.");
const METADATA: Header = (
    "Upload-Metadata",
    "`attachment` and the attachment's id in base64.",
);
const OFFSET: Header = ("Upload-Offset", "Where the body begins.");

fn operation(name: &str, about: &str, headers: &[Header], problem: &Value) -> Value {
    let parameters: Vec<Value> = headers
        .iter()
        .map(|(name, about)| {
            let schema = json!({ "type": "string" });
            json!({ "name": name, "in": "header", "required": true, "description": about, "schema": schema })
        })
        .collect();
    json!({
        "operationId": name,
        "summary": about,
        "parameters": parameters,
        "security": [{ TOKEN: [] }],
        "responses": {
            "2XX": { "description": "As tus 1.0 has it; `Upload-Offset` is how far it is." },
            "default": said("Why not. What was there stays.", problem),
        },
    })
}

fn said(what: &str, schema: &Value) -> Value {
    json!({ "description": what, "content": { "application/json": { "schema": schema } } })
}
