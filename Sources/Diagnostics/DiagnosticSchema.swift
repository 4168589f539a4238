// The schema of diagnostics as JSON.

/// What each line of `--format json` looks like, as a JSON Schema (draft 2020-12) that is kept in `Documentation/`.
public enum DiagnosticSchema {
  /// The JSON Schema of one line of `--format json`.
  public static var json: String {
    let codes = DiagnosticCode.allCases.map { "          \(DiagnosticPrinter.quoted($0.rawValue))" }
      .joined(separator: ",\n")
    return """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A diagnostic of Meier's: one line of 'meier run --format json'",
        "type": "object",
        "required": ["severity", "code", "message"],
        "additionalProperties": false,
        "dependentRequired": {
          "file": ["line", "column", "endLine", "endColumn"]
        },
        "properties": {
          "file": {"$ref": "#/$defs/file"},
          "line": {"$ref": "#/$defs/number"},
          "column": {"$ref": "#/$defs/number"},
          "endLine": {"$ref": "#/$defs/number"},
          "endColumn": {"$ref": "#/$defs/number"},
          "severity": {
            "description": "Errors keep results from being written; a failed claim does not.",
            "enum": ["note", "warning", "error"]
          },
          "code": {
            "description": "One of a closed list; 'meier explain CODE' prints its page.",
            "enum": [
      \(codes)
            ]
          },
          "message": {"type": "string", "description": "What is wrong, in one line. Never a cell's value."},
          "remedy": {"type": "string", "description": "What to do about it."},
          "values": {
            "description": "Cells that belong to the message: with --show-values alone.",
            "type": "array",
            "items": {"type": "string"}
          },
          "notes": {
            "type": "array",
            "items": {
              "type": "object",
              "required": ["message"],
              "additionalProperties": false,
              "properties": {
                "file": {"$ref": "#/$defs/file"},
                "line": {"$ref": "#/$defs/number"},
                "column": {"$ref": "#/$defs/number"},
                "endLine": {"$ref": "#/$defs/number"},
                "endColumn": {"$ref": "#/$defs/number"},
                "message": {"type": "string"}
              }
            }
          }
        },
        "$defs": {
          "file": {"type": "string", "description": "Relative to the working directory where it lies in it."},
          "number": {
            "type": "integer",
            "minimum": 1,
            "description": "Lines and columns count from 1; columns in Unicode scalars; the end is past the last."
          }
        }
      }

      """
  }
}
