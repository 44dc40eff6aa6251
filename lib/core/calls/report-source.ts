/** The form in which a report came. `import`: a line of a file. */
export type ReportFormat = "json" | "otlp" | "litellm" | "import";

/**
 * How whoever reports a host knows it. `log`: their software wrote down what it dialled (grade D). `label`: somebody
 * configured or named it. `default`: the field is filled with this value also when nobody knows (both grade E).
 */
export type HostSource = "log" | "label" | "default";
