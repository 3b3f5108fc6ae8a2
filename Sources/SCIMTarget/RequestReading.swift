// What is read in a request before the store is looked at.

import Model
import Storage

/// A request, read and checked as far as the schemas alone tell.
///
/// Holds for a target that does not misbehave. A class, because it is handed on by those who know nothing
/// of it.
final class RequestReading: Sendable {
    let content: Content

    init(_ content: Content) { self.content = content }
}

extension RequestReading {
    /// What the request asks for.
    enum Content: Sendable {
        /// A list, its filter resolved for a type.
        case list(Result<ListRequest, SCIMRefusal>, SCIMResourceType)
        /// A new resource of a type.
        case resource(Result<NewResource, SCIMRefusal>, SCIMResourceType)
        /// Operations on a resource.
        case patch(Result<PatchRequest, SCIMRefusal>)
        /// Changes of nothing but a group's members.
        case members(Result<[MemberChange], SCIMRefusal>)

        /// Reads a request; nil for what is not read ahead.
        init?(_ method: String, path: String, query: String?, json: JSONValue?) {
            let type = SCIMResourceType.allCases.first { path.hasPrefix($0.endpoint) }
            guard let type else { return nil }
            let isCollection = path.utf8.count == type.endpoint.utf8.count
            switch (method, json?.object) {
            case ("GET", nil) where isCollection:
                self = .list(Content.list(query, type), type)
            case ("POST", let body?) where isCollection:
                self = .resource(Content.resource(body, type), type)
            case ("PATCH", let body?):
                self = Content.patch(body, type)
            default: return nil
            }
        }

        private static func list(
            _ query: String?, _ type: SCIMResourceType
        ) -> Result<ListRequest, SCIMRefusal> {
            do throws(SCIMRefusal) {
                var request = try ListRequest(query: query)
                request.filter = try request.filter?.resolved(for: [type])
                return .success(request)
            } catch { return .failure(error) }
        }

        private static func patch(_ body: JSONObject, _ type: SCIMResourceType) -> Content {
            let request: PatchRequest
            do throws(SCIMRefusal) { request = try PatchRequest(body) } catch {
                return .patch(.failure(error))
            }
            guard type == .group else { return .patch(.success(request)) }
            do throws(SCIMRefusal) {
                guard let changes = try request.memberChanges() else {
                    return .patch(.success(request))
                }
                return .members(.success(changes))
            } catch {
                return .members(.failure(error))
            }
        }

        private static func resource(
            _ body: JSONObject, _ type: SCIMResourceType
        ) -> Result<NewResource, SCIMRefusal> {
            do throws(SCIMRefusal) {
                return .success(try NewResource(body, type, []))
            } catch { return .failure(error) }
        }
    }
}
