namespace KkmpBot.Operations;

/// <summary>The service cannot start: a bad setting, a port in use, an unwritable folder. Printed as one line; exit code 2.</summary>
/// <param name="message">One clear sentence that names the setting or the path.</param>
public sealed class StartRefusedException(string message) : Exception(message);
