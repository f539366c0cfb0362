// Starts Swagger UI on our own document; `SwaggerUIBundle` comes from swagger-ui-bundle.js.

SwaggerUIBundle({
  url: "/docs/openapi.json",
  dom_id: "#api",
  deepLinking: false, // nothing in the address
  validatorUrl: null, // no other host is asked whether the document is right
});
