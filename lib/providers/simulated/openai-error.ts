/** An answer of OpenAI that is not a success, body and all, as far as it has been seen in public. */
export type OpenaiError = { readonly status: number; readonly body: unknown };

/**
 * The project belongs to another host. Message, type and code as OpenAI sends them (seen 2026-04-17 for
 * `us.`; for other hosts inferred).
 */
export function incorrectHostname(rightHost: string): OpenaiError {
  return {
    status: 401,
    body: {
      ...envelope(
        `Attempted to access resource with incorrect regional hostname. Please make your request to ${rightHost}`,
        "incorrect_hostname",
      ),
      status: 401,
    },
  };
}

export function invalidApiKey(key: string | null): OpenaiError {
  if (key === null || key === "") {
    return {
      status: 401,
      body: envelope(
        "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY). You can obtain an API key from https://platform.openai.com/account/api-keys.",
        null,
      ),
    };
  }
  const shown = key.length > 12 ? `${key.slice(0, 8)}${"*".repeat(8)}${key.slice(-4)}` : "*".repeat(8);
  return {
    status: 401,
    body: envelope(
      `Incorrect API key provided: ${shown}. You can find your API key at https://platform.openai.com/account/api-keys.`,
      "invalid_api_key",
    ),
  };
}

/** A key without the right: the one answer whose `error` is a plain text (seen in public, read 2026-11-22). */
export function missingScopes(scope: string): OpenaiError {
  return {
    status: 403,
    body: {
      error: `You have insufficient permissions for this operation. Missing scopes: ${scope}. Check that you have the correct role in your organization, and if you're using a restricted API key, that it has the necessary scopes.`,
    },
  };
}

export function modelNotFound(model: string): OpenaiError {
  return {
    status: 404,
    body: envelope(
      `The model \`${model}\` does not exist or you do not have access to it.`,
      "model_not_found",
    ),
  };
}

export function unknownUrl(method: string, path: string): OpenaiError {
  return { status: 404, body: envelope(`Invalid URL (${method} ${path})`, null) };
}

export function malformedBody(): OpenaiError {
  return {
    status: 400,
    body: envelope(
      "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON.)",
      null,
    ),
  };
}

/** A body that names no model, where one is needed. */
export function missingModel(): OpenaiError {
  return { status: 400, body: envelope("you must provide a model parameter", null) };
}

export function rateLimited(model: string, organization: string): OpenaiError {
  return {
    status: 429,
    body: envelope(
      `Rate limit reached for ${model} in organization ${organization} on requests per min (RPM): Limit 60, Used 60, Requested 1. Please try again in 1s.`,
      "rate_limit_exceeded",
      "requests",
    ),
  };
}

export function serverError(status: 500 | 503): OpenaiError {
  const message =
    status === 500
      ? "The server had an error while processing your request. Sorry about that!"
      : "The engine is currently overloaded, please try again later";
  return { status, body: envelope(message, null, "server_error") };
}

function envelope(message: string, code: string | null, type = "invalid_request_error"): { error: unknown } {
  return { error: { message, type, code, param: null } };
}
